import { visibleCharacters } from './visible-characters';

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

  constructor(problems: readonly Problem[]) {
    const shown = firstOf(problems).map(visible);
    super(shown.map(lineOf).join('\n'));
    this.problems = shown;
  }
}

/** Step Functions cuts an error's cause at 32,768 characters (API reference, read 2026-11); a person reads fewer. */
const mostProblems = 10;

function firstOf(problems: readonly Problem[]): readonly Problem[] {
  const more = problems.length - mostProblems;
  // One more line costs as much as saying that there is one more.
  if (more <= 1) return problems;
  const rest: Problem = { path: '$', problem: `has ${more} more problems`, write: 'these first' };
  return [...problems.slice(0, mostProblems), rest];
}

// Names that somebody sent may hold line breaks and terminal escapes: a problem is one line.
const visible = ({ path, problem, write }: Problem): Problem => ({
  path: visibleCharacters(path),
  problem: visibleCharacters(problem),
  write: visibleCharacters(write),
});

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
