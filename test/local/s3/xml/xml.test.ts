import * as fc from 'fast-check';
import { parseXml } from '../../../../local/s3/xml/parse-xml';
import { renderXml } from '../../../../local/s3/xml/render-xml';

test('any text survives being written and read', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' })), (texts) => {
      const document = parseXml(renderXml(['List', texts.map((text) => ['Key', text] as const)]));
      expect(document.children.map(({ name, text }) => [name, text])).toEqual(
        texts.map((text) => ['Key', text]),
      );
    }),
  );
});

test('reads what clients write around the elements', () => {
  const { name, children } = parseXml(
    '<?xml version="1.0"?>\n<!-- note -->\n<A xmlns="urn:x">\n <B/>\n <C >&#233;&#x1F600;</C>\n</A>\n',
  );
  expect(name).toBe('A');
  expect(children).toMatchObject([
    { name: 'B', text: '' },
    { name: 'C', text: 'é😀' },
  ]);
});

test.each([
  ['a document type', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
  ['an unknown entity', '<a>&b;</a>'],
  ['half a surrogate pair', '<a>&#xD800;</a>'],
  ['an unclosed element', '<a><b></b>'],
  ['crossed elements', '<a><b></a></b>'],
  ['two roots', '<a/><b/>'],
  ['text alone', 'a'],
  ['nothing', ''],
  ['an endless nest', '<a>'.repeat(100_000)],
])('refuses %s', (_, xml) =>
  expect(() => parseXml(xml)).toThrow(expect.objectContaining({ code: 'MalformedXML' })),
);
