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
    super(problems.map(lineOf).join('\n'));
    this.problems = problems;
  }
}

const lineOf = ({ path, problem, write }: Problem) => `${path}: ${problem}; write ${write}`;

/** The error again from its message: all that Step Functions keeps of it. */
export function requestErrorFrom(message: string): RequestError {
  const problems = message.split('\n').map((line): Problem => {
    const match = /^(.*?): (.*); write (.*)$/.exec(line);
    if (!match) return { path: '$', problem: line, write: 'another request' };
    return { path: match[1]!, problem: match[2]!, write: match[3]! };
  });
  return new RequestError(problems);
}

export function refuse(path: string, problem: string, write: string): never {
  throw new RequestError([{ path, problem, write }]);
}
