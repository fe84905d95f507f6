import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { crcBinaryBase64 } from '../../../../../lib/fetch/checksum/kernel/crc-binary';
import { crcProgram } from '../../../../../lib/fetch/checksum/kernel/crc-program';

test('the embedded binary is the assembled program, byte for byte', () => {
  const embedded = inflateRawSync(Buffer.from(crcBinaryBase64, 'base64'));
  // Compressors may differ, so not the deflated bytes: on a difference, though, these are what belongs into crc-binary.ts.
  const deflated = deflateRawSync(crcProgram(), { level: 9 }).toString('base64');
  expect(embedded.equals(crcProgram()) || deflated).toBe(true);
});

test('the embedded binary stays small', () => {
  expect(crcBinaryBase64.length).toBeLessThanOrEqual(3 * 1024);
});
