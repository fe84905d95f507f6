import * as fc from 'fast-check';
import { AwsChunkedDecoder } from '../../../../local/s3/upload/aws-chunked';
import { ChunkSignatures } from '../../../../local/s3/upload/chunk-signatures';
import { verifySigV4 } from '../../../../local/sigv4/verify';

const chunks = fc.array(fc.uint8Array({ minLength: 1, maxLength: 50 }), { maxLength: 5 });

test('gives back the body, however it was framed and wherever it was cut on its way', () => {
  fc.assert(
    fc.property(chunks, fc.integer({ min: 1, max: 20 }), fc.boolean(), (parts, pieceBytes, hasTrailer) => {
      const trailer = hasTrailer ? 'x-amz-checksum-crc32:AAAAAA==\r\n' : '';
      const decoder = new AwsChunkedDecoder(null, hasTrailer);
      const decoded = decode(
        decoder,
        Buffer.concat([...parts.map(framed), Buffer.from(`0\r\n${trailer}\r\n`)]),
        pieceBytes,
      );
      expect(decoded.equals(Buffer.concat(parts))).toBe(true);
      expect(decoder.trailers.get('x-amz-checksum-crc32')).toBe(hasTrailer ? 'AAAAAA==' : undefined);
    }),
  );
});

test('a body cut short anywhere is not whole', () => {
  const whole = Buffer.concat([
    framed(Buffer.from('hello')),
    Buffer.from('0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n'),
  ]);
  for (let length = 0; length < whole.length; length++) {
    expect(() => decode(new AwsChunkedDecoder(null, true), whole.subarray(0, length), 7)).toThrow(
      'ended too early',
    );
  }
});

test.each([
  'zz\r\n',
  '5\nhello\r\n',
  '5\r\nhelloX\r\n',
  '-1\r\n',
  '\r\n',
  'f'.repeat(5_000),
  '0\r\nno colon\r\n',
  '0\r\n\r\nmore',
])('refuses %j', (text) =>
  expect(() => decode(new AwsChunkedDecoder(null, true), Buffer.from(text), 100)).toThrow('malformed'),
);

// The worked example of docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html.
const exampleSignatures = [
  'ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648',
  '0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497',
  'b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9',
];

test("accepts the chunk signatures of AWS's example, and no others", () => {
  const body = Buffer.alloc(66_560, 'a');
  expect(decode(exampleDecoder(), exampleStream(body), 1_000).equals(body)).toBe(true);
  const changed = Buffer.from(body).fill('b', 66_559);
  expect(() => decode(exampleDecoder(), exampleStream(changed), 1_000)).toThrow('signature of a chunk');
  const unsigned = Buffer.concat([framed(body), Buffer.from('0\r\n\r\n')]);
  expect(() => decode(exampleDecoder(), unsigned, 1_000)).toThrow('signature of a chunk');
});

function exampleDecoder(): AwsChunkedDecoder {
  const headers = {
    host: 's3.amazonaws.com',
    'x-amz-date': '20130524T000000Z',
    'x-amz-storage-class': 'REDUCED_REDUNDANCY',
    'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
    'content-encoding': 'aws-chunked',
    'x-amz-decoded-content-length': '66560',
    'content-length': '66824',
    authorization:
      'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class,Signature=4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9',
  };
  const verdict = verifySigV4(
    { method: 'PUT', url: '/examplebucket/chunkObject.txt', headers },
    {
      service: 's3',
      region: 'us-east-1',
      nowMs: Date.UTC(2013, 4, 24),
      lookupSecret: () => 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    },
  );
  if (!verdict.ok) throw new Error(verdict.message);
  return new AwsChunkedDecoder(new ChunkSignatures(verdict), false);
}

function exampleStream(body: Buffer): Buffer {
  const parts = [body.subarray(0, 65_536), body.subarray(65_536), Buffer.alloc(0)];
  return Buffer.concat(
    parts.map((part, i) =>
      Buffer.concat([
        Buffer.from(`${part.length.toString(16)};chunk-signature=${exampleSignatures[i]}\r\n`),
        part,
        Buffer.from('\r\n'),
      ]),
    ),
  );
}

function framed(data: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`${data.length.toString(16)}\r\n`), data, Buffer.from('\r\n')]);
}

function decode(decoder: AwsChunkedDecoder, stream: Buffer, pieceBytes: number): Buffer {
  const data: Buffer[] = [];
  for (let at = 0; at < stream.length; at += pieceBytes)
    data.push(...decoder.push(stream.subarray(at, at + pieceBytes)));
  decoder.end();
  return Buffer.concat(data);
}
