import { crcBinaryBase64 } from '../../../../../lib/fetch/checksum/kernel/crc-binary';
import { crcProgram } from '../../../../../lib/fetch/checksum/kernel/crc-program';

test('the embedded binary is the assembled program, byte for byte', () => {
  // On a difference the received text is what belongs into crc-binary.ts.
  expect(Buffer.from(crcProgram()).toString('base64')).toBe(crcBinaryBase64);
});

test('the embedded binary stays small', () => {
  expect(crcBinaryBase64.length).toBeLessThanOrEqual(3 * 1024);
});
