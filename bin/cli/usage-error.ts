/** The command line was not understood. */
export class UsageError extends Error {
  override name = 'UsageError';
  /** What to write instead. */
  readonly write: string;

  constructor(message: string, write: string) {
    super(message);
    this.write = write;
  }
}
