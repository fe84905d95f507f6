/** What a fetch Lambda says of an object, as it happens. */
export type ProgressEvent =
  | { event: 'object-started'; trial: string; index: number; key: string }
  | {
      event: 'object-ended';
      trial: string;
      index: number;
      key: string;
      outcome: 'fetched' | 'failed';
      durationMs: number;
      bytes: number;
      failure: { code: string; message: string } | null;
    };

/** One JSON line on standard output. Off on AWS, where two lines an object would cost more than the fetch. */
export function progressLine(event: ProgressEvent): void {
  if (process.env['PROGRESS_LINES'] === 'on') process.stdout.write(`${JSON.stringify(event)}\n`);
}
