import { randomBytes } from 'node:crypto';

const processPart = randomBytes(5).toString('hex').toUpperCase().slice(0, 9);
let count = 0;

/** Sixteen characters as S3's are; a counter behind a random part, so that it costs nothing. */
export function nextRequestId(): string {
  count = (count + 1) % 36 ** 7;
  return processPart + count.toString(36).toUpperCase().padStart(7, '0');
}

/** S3's second id, which tells the host that answered. */
export const hostId = randomBytes(56).toString('base64');
