export interface Problem {
  /** Where in the request, e.g. `concurrency[0]`; `$` is the request itself. */
  path: string;
  problem: string;
  /** What to write instead: a line to paste. */
  write: string;
}

/** The caller's mistake: nothing was run, nothing was changed. */
export class RequestError extends Error {
  override name = 'RequestError';
  readonly problems: Problem[];

  constructor(problems: Problem[]) {
    super(problems.map(({ path, problem, write }) => `${path}: ${problem}; write ${write}`).join('\n'));
    this.problems = problems;
  }
}

export function refuse(path: string, problem: string, write: string): never {
  throw new RequestError([{ path, problem, write }]);
}
