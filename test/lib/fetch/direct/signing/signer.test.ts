import { createHash, createHmac, type BinaryLike } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import * as fc from 'fast-check';
import { encodePath } from '../../../../../lib/fetch/direct/signing/encode-path';
import { createSigner } from '../../../../../lib/fetch/direct/signing/signer';

class Sha256 {
  readonly #hash;

  constructor(secret?: unknown) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret as BinaryLike);
  }

  update(data: Uint8Array): void {
    this.#hash.update(data);
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#hash.digest());
  }

  reset(): void {}
}

const host = 'lake.s3.eu-west-1.amazonaws.com';

const headersOf = (lines: string) =>
  Object.fromEntries(
    lines
      .trimEnd()
      .split('\r\n')
      .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
  );

test('any key, day, token and checksum mode is signed as the SDK signs it', async () => {
  const some = {
    key: fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }),
    method: fc.constantFrom('GET' as const, 'HEAD' as const),
    date: fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
    sessionToken: fc.option(fc.base64String({ minLength: 4 }), { nil: undefined }),
    checksumMode: fc.boolean(),
  };
  await fc.assert(
    fc.asyncProperty(fc.record(some), async ({ key, method, date, sessionToken, checksumMode }) => {
      const credentials = { accessKeyId: 'AKID', secretAccessKey: 'Sec/ret', sessionToken };
      const path = `/${encodePath(key)}`;
      const signer = createSigner(credentials, 'eu-west-1');
      const ours = headersOf(signer.sign({ method, host, path, checksumMode }, date.getTime()));
      const theirs = new SignatureV4({
        credentials: { ...credentials, ...(sessionToken === undefined && { sessionToken: '' }) },
        region: 'eu-west-1',
        service: 's3',
        sha256: Sha256,
        uriEscapePath: false,
        applyChecksum: false,
      });
      const headers = {
        host,
        'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
        ...(checksumMode && { 'x-amz-checksum-mode': 'ENABLED' }),
      };
      const signed = await theirs.sign(
        { method, protocol: 'https:', hostname: host, path, query: {}, headers },
        { signingDate: date },
      );
      const { host: _, ...expected } = signed.headers;
      if (sessionToken === undefined) delete expected['x-amz-security-token'];
      expect(ours).toEqual(expected);
    }),
  );
});

test('one signer goes on signing over midnight', () => {
  const credentials = { accessKeyId: 'AKID', secretAccessKey: 'secret' };
  const toSign = { method: 'GET' as const, host, path: '/a', checksumMode: false };
  const day = Date.parse('2026-11-23T23:59:59.900Z');
  const signer = createSigner(credentials, 'eu-west-1');
  for (const nowMs of [day, day + 200, day])
    expect(signer.sign(toSign, nowMs)).toBe(createSigner(credentials, 'eu-west-1').sign(toSign, nowMs));
  expect(signer.sign(toSign, day + 200)).toContain('20261124T000000Z');
});

test('what would break out of its header is refused', () => {
  const secretAccessKey = 'secret';
  expect(() => createSigner({ accessKeyId: 'A\r\nx: y', secretAccessKey }, 'eu-west-1')).toThrow(TypeError);
  expect(() =>
    createSigner({ accessKeyId: 'A', secretAccessKey, sessionToken: 'a\nb' }, 'eu-west-1'),
  ).toThrow(TypeError);
});
