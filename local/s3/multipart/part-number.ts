import { S3Error } from '../s3-error';

/** docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html, read 2026-11. */
export function readPartNumber(text: string | undefined): number {
  const number = /^\d{1,5}$/.test(text ?? '') ? Number(text) : 0;
  if (number >= 1 && number <= 10_000) return number;
  throw new S3Error('InvalidArgument', 'Part number must be an integer between 1 and 10000, inclusive', {
    details: [
      ['ArgumentName', 'partNumber'],
      ['ArgumentValue', String(text)],
    ],
  });
}
