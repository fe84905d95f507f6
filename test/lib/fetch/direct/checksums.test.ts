import { crc32 } from 'node:zlib';
import { head } from '../replies';
import { startScriptedServer } from '../scripted-server';
import { directTo, requestOf } from './direct-to';

const body = Buffer.from('0123456789');
const right = crc32(body).toString(16).padStart(8, '0');
const crc = (hex: string) => Buffer.from(hex, 'hex').toString('base64');

/** Asks for the object and has it answered in two pieces, with these headers. */
async function ask(headers: Record<string, string>, verifyChecksum = true, ranged = false) {
  const status = ranged ? 206 : 200;
  const range: Record<string, string> = ranged ? { 'content-range': 'bytes 0-9/10' } : {};
  const server = await startScriptedServer([
    (socket) => {
      socket.write(head(status, 10, { ...headers, ...range }) + '01234');
      setTimeout(() => socket.write('56789'), 5);
    },
  ]);
  const client = directTo(server.url, { verifyChecksum });
  const outcome = await client.get(requestOf(ranged ? { range: { from: 0, to: 9 } } : {}));
  client.closeConnections();
  await server.close();
  return { outcome, sent: server.seen[0]!.headers };
}

test('the checksum is asked for and compared', async () => {
  const { outcome, sent } = await ask({ 'x-amz-checksum-crc32': crc(right) });
  expect(outcome).toMatchObject({ failure: null, checksumVerified: true });
  expect(sent['x-amz-checksum-mode']).toBe('ENABLED');
});

test('a body that is not what was stored is refused, and worth another try', async () => {
  const { outcome } = await ask({
    'x-amz-checksum-crc32': crc('00000000'),
    'x-amz-checksum-type': 'FULL_OBJECT',
  });
  expect(outcome).toMatchObject({
    bytes: 10,
    checksumVerified: false,
    failure: { code: 'ChecksumMismatch', phase: 'body', retry: 'transient' },
  });
});

test.each<[string, Record<string, string>]>([
  [
    'of the parts by its type',
    { 'x-amz-checksum-crc32': crc('00000000'), 'x-amz-checksum-type': 'COMPOSITE' },
  ],
  ['of the parts by its form', { 'x-amz-checksum-crc32': `${crc('00000000')}-3` }],
  ['of an unknown kind', { 'x-amz-checksum-md4': 'x' }],
  ['that is missing', {}],
])('a checksum %s is not compared', async (_, headers) => {
  const { outcome } = await ask(headers);
  expect(outcome).toMatchObject({ failure: null, checksumVerified: false });
});

test.each([
  [false, false],
  [true, true],
])('with verifyChecksum %s and a range %s none is asked for or compared', async (verify, ranged) => {
  const { outcome, sent } = await ask({ 'x-amz-checksum-crc32': crc('00000000') }, verify, ranged);
  expect(outcome).toMatchObject({ failure: null, checksumVerified: false });
  expect(sent['x-amz-checksum-mode']).toBeUndefined();
});
