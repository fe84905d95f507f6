import * as fc from 'fast-check';
import { createHmac } from 'node:crypto';
import { HmacSha256 } from '../../../local/sigv4/hmac-sha256';

test('gives what the platform gives, for any key, text and order of texts', () => {
  const bytes = fc.uint8Array({ maxLength: 200 });
  // Beyond the buffer's first 1,024 bytes.
  const latin1 = fc.uint8Array({ maxLength: 3_000 }).map((bytes) => Buffer.from(bytes).toString('latin1'));
  const texts = fc.array(latin1, { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(bytes, texts, (key, all) => {
      const hmac = new HmacSha256(Buffer.from(key));
      for (const text of all) {
        const expected = createHmac('sha256', key).update(text, 'latin1').digest('hex');
        expect(hmac.hex(text)).toBe(expected);
        expect(hmac.bytes(text).toString('hex')).toBe(expected);
      }
    }),
  );
});
