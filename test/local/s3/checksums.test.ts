import {
  ChecksumAlgorithm,
  CreateBucketCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  startChecksum,
  type ChecksumAlgorithm as OurAlgorithm,
} from '../../../local/s3/checksum/checksum-algorithm';
import { scopeOf, sha256, signHeaders, signingKeyOf } from '../sigv4/sign';
import { bytesOf, clientOf, raw, send, signing, startTestServer, type TestServer } from './test-server';

const Bucket = 'checksums';
const body = randomBytes(100_000);
const algorithms: OurAlgorithm[] = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'];
let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
  await server.client.send(new CreateBucketCommand({ Bucket }));
});
afterAll(() => server.close());

const base64Of = (algorithm: OurAlgorithm, bytes: Buffer) => {
  const running = startChecksum(algorithm);
  running.update(bytes);
  return running.digest().toString('base64');
};

const isThere = async (key: string) =>
  (await raw(server, { method: 'HEAD', path: `/${Bucket}/${key}` })).status === 200;

test.each(algorithms.filter((name) => name !== 'CRC32C' && name !== 'CRC64NVME'))(
  '%s: the SDK sends it, in a header or behind a stream, and checks what comes back',
  async (algorithm) => {
    for (const [Key, Body] of [
      ['header', body],
      ['trailer', Readable.from([body])],
    ] as const) {
      const input = {
        Bucket,
        Key: `sdk/${algorithm}/${Key}`,
        ChecksumAlgorithm: ChecksumAlgorithm[algorithm],
      };
      const put = await server.client.send(
        new PutObjectCommand({ ...input, Body, ContentLength: body.length }),
      );
      const field = `Checksum${algorithm}`;
      expect(put).toHaveProperty(field, base64Of(algorithm, body));
      const get = { Bucket, Key: input.Key, ChecksumMode: 'ENABLED' } as const;
      const got = await server.client.send(new GetObjectCommand(get));
      expect(got).toMatchObject({ [field]: base64Of(algorithm, body), ChecksumType: 'FULL_OBJECT' });
      expect((await bytesOf(got)).equals(body)).toBe(true);
    }
  },
);

test.each(algorithms)(
  '%s: kept when right, refused when wrong, and then nothing is stored',
  async (algorithm) => {
    const header = `x-amz-checksum-${algorithm.toLowerCase()}`;
    const right = base64Of(algorithm, body);
    const put = (key: string, value: string) =>
      raw(server, { method: 'PUT', path: `/${Bucket}/${key}`, headers: { [header]: value }, body });
    expect(await put(`raw-${algorithm}`, right)).toMatchObject({ status: 200, headers: { [header]: right } });
    const wrong = await put(`wrong-${algorithm}`, base64Of(algorithm, Buffer.from('other')));
    expect(wrong.body).toContain('<Code>BadDigest</Code>');
    expect((await put(`wrong-${algorithm}`, 'AAA=')).body).toContain('<Code>InvalidRequest</Code>');
    expect(await isThere(`wrong-${algorithm}`)).toBe(false);
  },
);

test('CRC64NVME stands in where the client gives none', async () => {
  const client = clientOf(server.url, { requestChecksumCalculation: 'WHEN_REQUIRED' });
  await client.send(new PutObjectCommand({ Bucket, Key: 'default', Body: body }));
  client.destroy();
  const about = { Bucket, Key: 'default', ChecksumMode: 'ENABLED' } as const;
  const head = await server.client.send(new HeadObjectCommand(about));
  expect(head).toMatchObject({ ChecksumCRC64NVME: base64Of('CRC64NVME', body), ChecksumType: 'FULL_OBJECT' });
  const range = await server.client.send(new GetObjectCommand({ ...about, Range: 'bytes=0-9' }));
  expect(range.ChecksumCRC64NVME).toBeUndefined();
  const unasked = await raw(server, { method: 'HEAD', path: `/${Bucket}/default` });
  expect(unasked.headers).not.toHaveProperty('x-amz-checksum-crc64nvme');
});

test('a body that is not the one signed is refused', async () => {
  const answer = await raw(server, {
    method: 'PUT',
    path: `/${Bucket}/sha`,
    body,
    payloadHash: sha256('other'),
  });
  expect(answer).toMatchObject({ status: 400 });
  expect(answer.body).toContain('XAmzContentSHA256Mismatch');
  expect(await isThere('sha')).toBe(false);
});

test('Content-MD5 is checked', async () => {
  const put = (md5: string) =>
    raw(server, { method: 'PUT', path: `/${Bucket}/md5`, headers: { 'content-md5': md5 }, body });
  expect((await put(createHash('md5').update('other').digest('base64'))).body).toContain('BadDigest');
  expect((await put('nonsense')).body).toContain('InvalidDigest');
  expect(await isThere('md5')).toBe(false);
  expect(await put(createHash('md5').update(body).digest('base64'))).toMatchObject({ status: 200 });
});

test.each([
  [
    'two checksums',
    { 'x-amz-checksum-sha1': base64Of('SHA1', body), 'x-amz-checksum-sha256': base64Of('SHA256', body) },
  ],
  ['an algorithm without its checksum', { 'x-amz-sdk-checksum-algorithm': 'CRC32' }],
  ['a trailer that is no checksum', { 'x-amz-trailer': 'x-amz-meta-a' }],
])('refuses %s', async (_, headers) => {
  const answer = await raw(server, { method: 'PUT', path: `/${Bucket}/claims`, headers, body });
  expect(answer).toMatchObject({ status: 400 });
  expect(answer.body).toContain('InvalidRequest');
});

test.each(['STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER', 'STREAMING-UNSIGNED-PAYLOAD-TRAILER'])(
  '%s: signatures and trailing checksum are checked over the wire',
  async (payloadHash) => {
    const right = base64Of('CRC32C', body);
    expect(await putChunked('chunked', payloadHash, right)).toMatchObject({ status: 200 });
    const got = await server.client.send(new GetObjectCommand({ Bucket, Key: 'chunked' }));
    expect((await bytesOf(got)).equals(body)).toBe(true);
    const wrong = base64Of('CRC32C', Buffer.from('other'));
    expect((await putChunked('bad', payloadHash, wrong)).body).toContain('BadDigest');
    if (payloadHash.includes('HMAC')) {
      expect((await putChunked('bad', payloadHash, right, '0'.repeat(64))).body).toContain(
        'SignatureDoesNotMatch',
      );
    }
    expect(await isThere('bad')).toBe(false);
  },
);

/** An upload framed and signed by hand; `forged` takes the place of the trailer's signature. */
function putChunked(key: string, payloadHash: string, crc32c: string, forged?: string) {
  const path = `/${Bucket}/${key}`;
  const now = signing();
  const headers = signHeaders(
    {
      method: 'PUT',
      path,
      query: [],
      headers: {
        host: `127.0.0.1:${server.port}`,
        'content-encoding': 'aws-chunked',
        'x-amz-decoded-content-length': String(body.length),
        'x-amz-trailer': 'x-amz-checksum-crc32c',
      },
      payloadHash,
    },
    now,
  );
  let previous = headers['authorization']!.slice(-64);
  const next = (algorithm: string, covered: string) => {
    const text = `${algorithm}\n${now.dateTime}\n${scopeOf(now)}\n${previous}\n${covered}`;
    previous = createHmac('sha256', signingKeyOf(now)).update(text).digest('hex');
    return previous;
  };
  const isSigned = payloadHash.includes('HMAC');
  const frame = (data: Buffer) => {
    const signature = next('AWS4-HMAC-SHA256-PAYLOAD', `${sha256('')}\n${sha256(data)}`);
    return Buffer.from(`${data.length.toString(16)}${isSigned ? `;chunk-signature=${signature}` : ''}\r\n`);
  };
  const crlf = Buffer.from('\r\n');
  const parts = [body.subarray(0, 65_536), body.subarray(65_536)].flatMap((data) => [
    frame(data),
    data,
    crlf,
  ]);
  const last = frame(Buffer.alloc(0));
  const trailer = next('AWS4-HMAC-SHA256-TRAILER', sha256(`x-amz-checksum-crc32c:${crc32c}\n`));
  const signature = isSigned ? `x-amz-trailer-signature:${forged ?? trailer}\r\n` : '';
  const end = Buffer.from(`x-amz-checksum-crc32c:${crc32c}\r\n${signature}\r\n`);
  const stream = Buffer.concat([...parts, last, end]);
  return send(server.port, 'PUT', path, { ...headers, 'content-length': String(stream.length) }, stream);
}
