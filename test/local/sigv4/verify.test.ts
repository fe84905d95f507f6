import * as fc from 'fast-check';
import { verifySigV4 } from '../../../local/sigv4/verify';
import { encode, presign, queryText, sha256, signHeaders, type Signing, type Unsigned } from './sign';

// The machine may be busy with other things.
jest.setTimeout(30_000);
const nowMs = Date.UTC(2026, 10, 23, 12);
const signing: Signing = {
  accessKeyId: 'local',
  secretAccessKey: 'local-secret',
  region: 'eu-central-1',
  service: 's3',
  dateTime: '20261123T120000Z',
};
const options = {
  service: 's3',
  region: 'eu-central-1',
  nowMs,
  lookupSecret: (id: string) => (id === 'local' ? 'local-secret' : undefined),
};
const plain: Unsigned = {
  method: 'GET',
  path: '/bucket/key',
  query: [],
  headers: { host: '127.0.0.1:9000' },
  payloadHash: sha256(''),
};

const text = fc.string({ unit: 'binary', maxLength: 30 });
const headerValue = fc.stringMatching(/^[\x21-\x7e](?:[\x20-\x7e\t]{0,20}[\x21-\x7e])?$/);
const requests: fc.Arbitrary<Unsigned> = fc.record({
  method: fc.constantFrom('GET', 'PUT', 'HEAD', 'DELETE', 'POST'),
  path: fc
    .array(text, { minLength: 1, maxLength: 4 })
    .map((segments) => `/${segments.map(encode).join('/')}`),
  query: fc.array(
    fc.tuple(
      text.map((name) => `q${name}`),
      text,
    ),
    { maxLength: 4 },
  ),
  headers: headerValue.map((value) => ({ host: 'localhost:1', 'x-amz-meta-a': value })),
  payloadHash: text.map(sha256),
});
const sent = (request: Unsigned, headers: Record<string, string>) => ({
  method: request.method,
  url: request.query.length === 0 ? request.path : `${request.path}?${queryText(request.query)}`,
  headers,
});

test('accepts whatever was signed with the right secret, and nothing else', () => {
  fc.assert(
    fc.property(requests, (request) => {
      const good = sent(request, signHeaders(request, signing));
      expect(verifySigV4(good, options)).toMatchObject({ ok: true, payloadHash: request.payloadHash });
      const wrongSecret = signHeaders(request, { ...signing, secretAccessKey: 'local-secreT' });
      expect(verifySigV4(sent(request, wrongSecret), options)).toMatchObject({
        code: 'SignatureDoesNotMatch',
      });
    }),
  );
});

test('notices a change to any part of the request', () => {
  const changes = [
    (request: Unsigned) => ({ ...request, method: 'PATCH' }),
    (request: Unsigned) => ({ ...request, path: `${request.path}x` }),
    (request: Unsigned): Unsigned => ({ ...request, query: [...request.query, ['added', '1']] }),
  ];
  fc.assert(
    fc.property(requests, fc.constantFrom(...changes), (request, change) => {
      const headers = signHeaders(request, signing);
      expect(verifySigV4(sent(change(request), headers), options).ok).toBe(false);
    }),
  );
  for (const name of ['host', 'x-amz-content-sha256']) {
    const headers = { ...signHeaders(plain, signing), [name]: 'changed' };
    expect(verifySigV4(sent(plain, headers), options)).toMatchObject({ code: 'SignatureDoesNotMatch' });
  }
});

test('allows fifteen minutes of clock difference either way', () => {
  const at = (offsetMs: number) =>
    verifySigV4(sent(plain, signHeaders(plain, signing)), { ...options, nowMs: nowMs + offsetMs });
  expect(at(900_000).ok && at(-900_000).ok).toBe(true);
  expect(at(900_001)).toMatchObject({ code: 'RequestTimeTooSkewed' });
  expect(at(-900_001)).toMatchObject({ code: 'RequestTimeTooSkewed' });
});

test('a presigned URL holds until it expires, and not before its time', () => {
  const at = (offsetMs: number) =>
    verifySigV4(
      {
        method: 'GET',
        url: presign({ ...plain, payloadHash: 'UNSIGNED-PAYLOAD' }, signing, 60),
        headers: { host: '127.0.0.1:9000' },
      },
      { ...options, nowMs: nowMs + offsetMs },
    );
  expect(at(60_000)).toMatchObject({ ok: true, payloadHash: 'UNSIGNED-PAYLOAD' });
  expect(at(60_001)).toMatchObject({ code: 'AccessDenied', message: 'Request has expired' });
  expect(at(-900_001)).toMatchObject({ code: 'RequestTimeTooSkewed' });
});

test.each([
  ['no signature', {}, 'MissingAuthentication'],
  ['another scheme', { authorization: 'Basic bG9jYWw6' }, 'AuthorizationHeaderMalformed'],
  ['an unknown key', signHeaders(plain, { ...signing, accessKeyId: 'other' }), 'InvalidAccessKeyId'],
  ['another region', signHeaders(plain, { ...signing, region: 'us-east-1' }), 'AuthorizationHeaderMalformed'],
  ['another service', signHeaders(plain, { ...signing, service: 'states' }), 'AuthorizationHeaderMalformed'],
  [
    'an x-amz header left unsigned',
    { ...signHeaders(plain, signing), 'x-amz-acl': 'private' },
    'AccessDenied',
  ],
  ['a date that is none', { ...signHeaders(plain, signing), 'x-amz-date': 'today' }, 'AccessDenied'],
  ['an unsigned host', signHeaders({ ...plain, headers: {} }, signing), 'AccessDenied'],
])('refuses %s', (_, headers, code) => {
  expect(verifySigV4(sent(plain, headers), options)).toMatchObject({ ok: false, code });
});

test('survives a header list that names parts of every object', () => {
  const authorization = signHeaders(plain, signing)['authorization']!.replace(
    'host',
    'host;__proto__;constructor',
  );
  const verdict = verifySigV4(sent(plain, { ...signHeaders(plain, signing), authorization }), options);
  expect(verdict).toMatchObject({ code: 'SignatureDoesNotMatch' });
});

test('refuses a path that is no URL', () => {
  const verdict = verifySigV4({ ...sent(plain, signHeaders(plain, signing)), url: '/bucket/%ff' }, options);
  expect(verdict).toMatchObject({ code: 'InvalidURI' });
});

test('tells no secret', () => {
  const verdict = verifySigV4(sent({ ...plain, path: '/x' }, signHeaders(plain, signing)), options);
  expect(verdict.ok).toBe(false);
  expect(JSON.stringify(verdict)).not.toContain('local-secret');
});
