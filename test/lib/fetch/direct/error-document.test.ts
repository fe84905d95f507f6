import * as fc from 'fast-check';
import { parseErrorDocument } from '../../../../lib/fetch/direct/error-document';

test('an error of S3 is read', () => {
  const body =
    '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>NoSuchKey</Code><Message>a &lt;b&gt; &amp;amp; &#233;&#x1F600;</Message>' +
    '<Key>k</Key><Region>eu-west-1</Region><RequestId>4442587FB7D0A2F9</RequestId></Error>';
  expect(parseErrorDocument(body)).toEqual({
    code: 'NoSuchKey',
    message: 'a <b> &amp; é😀',
    region: 'eu-west-1',
    requestId: '4442587FB7D0A2F9',
  });
});

test.each(['', '<html><Error>x</Error></html>', '<ListBucketResult/>', '<Errors>', 'Error', '\0'])(
  '%j is none',
  (body) => {
    expect(parseErrorDocument(body)).toBeNull();
  },
);

test('half of one is read as far as it goes', () => {
  expect(parseErrorDocument('<Error><Code>SlowDown</Code><Message>Pl')).toMatchObject({
    code: 'SlowDown',
    message: null,
  });
});

test('nothing that a peer may send breaks it', () => {
  const tokens = fc.constantFrom(
    '<Error>',
    '<Code>',
    '</Code>',
    '<',
    '&',
    '&#',
    '&#xFFFFFF;',
    '&#9999999;',
    ';',
    'a',
  );
  fc.assert(
    fc.property(fc.array(tokens, { maxLength: 40 }), (all) => {
      const document = parseErrorDocument(`<Error>${all.join('')}`);
      expect(document).toMatchObject({ region: null });
    }),
  );
});
