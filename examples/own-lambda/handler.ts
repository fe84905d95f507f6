import { fetchObjects } from 's3-fetch-tuner/fetch';

interface Event {
  /** Keys in the bucket that the stack was deployed for. */
  keys: string[];
}

interface Answer {
  bytes: number;
  /** What could not be fetched, and why. */
  failed: { key: string; why: string }[];
}

/** Counts the bytes of some objects, however many of them fail. */
export async function handler({ keys }: Event): Promise<Answer> {
  const answer: Answer = { bytes: 0, failed: [] };
  const options = { bucket: process.env['BUCKET'] ?? '', concurrency: 32 };
  for await (const { key, bytes, failure } of fetchObjects(keys, options)) {
    if (failure) answer.failed.push({ key, why: `${failure.code}: ${failure.message}` });
    else answer.bytes += bytes;
  }
  return answer;
}
