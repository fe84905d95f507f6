import type * as z from 'zod/mini';
import { parseJsonWithinLimits, refuseBeyondLimits } from './json-limits';
import { bucketNameProblem, objectKeyProblem, prefixProblem } from './object-names';
import { type Problem, RequestError } from './request-error';
import { type Request, type RequestField, requestFields, requestSchema } from './request-fields';
import { KiB, parseSize } from './sizes';

/** Text → request. Throws a RequestError that names every field that is wrong. */
export function parseRequestText(text: string): Request {
  return parseRequest(parseJsonWithinLimits(text));
}

/** Parsed JSON → request. Throws a RequestError that names every field that is wrong. */
export function parseRequest(value: unknown): Request {
  refuseBeyondLimits(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new RequestError([{ path: '$', problem: 'is not an object', write: '{}' }]);
  const parsed = requestSchema.safeParse(value);
  if (!parsed.success) throw new RequestError(onceEach(parsed.error.issues.flatMap(problemsOfIssue)));
  const problems = problemsOfMeaning(parsed.data);
  if (problems.length > 0) throw new RequestError(problems);
  return parsed.data;
}

// A number beyond 2^53 is above two limits; the last one is the field's own.
function onceEach(problems: Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [problem.path, problem])).values()];
}

function problemsOfIssue(issue: z.core.$ZodIssue): Problem[] {
  const path = pathText(issue.path);
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => {
      const at = [...issue.path, key];
      return {
        path: pathText(at).slice(0, 200),
        problem: 'is not a field',
        write: nearestField(issue.path, key),
      };
    });
  return [{ path, problem: problemText(issue), write: requestFields[issue.path[0] as RequestField].write }];
}

function pathText(path: PropertyKey[]): string {
  return path
    .map((step, n) => (typeof step === 'number' ? `[${step}]` : `${n ? '.' : ''}${nameText(String(step))}`))
    .join('');
}

// A colon ends the path in the error's message: a name that is no plain word is quoted without one.
const nameText = (name: string) =>
  /^[\w-]+$/.test(name) ? name : JSON.stringify(name).replaceAll(':', '\\u003a');

function problemText(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `is not ${article(issue.expected === 'int' ? 'whole number' : issue.expected)}`;
    case 'too_small':
      return issue.origin === 'array' ? 'is empty' : `is below ${issue.minimum}`;
    case 'too_big':
      return issue.origin === 'array'
        ? `has more than ${issue.maximum} entries`
        : `is above ${issue.maximum}`;
    case 'invalid_value':
      return `is not one of ${issue.values.map((value) => JSON.stringify(value)).join(', ')}`;
    default:
      return 'has not the form that is asked';
  }
}

const article = (noun: string) => `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;

function nearestField(path: PropertyKey[], key: string): string {
  if (path.length > 0) return requestFields[path[0] as RequestField].write;
  const fields = Object.keys(requestFields) as RequestField[];
  const near = fields.find(
    (field) => sameLetters(field) === sameLetters(key) || isNear(field, key) || isSwapped(field, key),
  );
  return near ? requestFields[near].write : `one of ${fields.join(', ')}`;
}

const sameLetters = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^a-z]/g, '')
    .replace(/s$/, '');

// Letters in another order: bukcet.
const isSwapped = (field: string, key: string) => lettersOf(field) === lettersOf(key);
const lettersOf = (text: string) => Array.from(text).sort().join('');

// One letter wrong, missing or too many.
function isNear(field: string, key: string): boolean {
  if (Math.abs(field.length - key.length) > 1) return false;
  let start = 0;
  while (start < field.length && field[start] === key[start]) start++;
  let end = 0;
  while (end < field.length - start && field.at(-1 - end) === key.at(-1 - end)) end++;
  return Math.max(field.length, key.length) - start - end <= 1;
}

function problemsOfMeaning(request: Request): Problem[] {
  const problems: Problem[] = [];
  const add = (field: RequestField, problem: string | null, path: string = field) => {
    if (problem !== null) problems.push({ path, problem, write: requestFields[field].write });
  };
  if (request.bucket !== undefined) add('bucket', bucketNameProblem(request.bucket));
  if (request.prefix !== undefined) add('prefix', prefixProblem(request.prefix));
  request.keys?.forEach((key, n) => add('keys', objectKeyProblem(key), `keys[${n}]`));
  const sources = (['prefix', 'keys', 'manifest'] as const).filter((field) => request[field] !== undefined);
  if (sources.length > 1) add(sources[1]!, `stands beside ${sources[0]}: name the objects in one way`);
  for (const field of ['strategies', 'clients', 'concurrency', 'memorySizes', 'hedge'] as const)
    add(field, repeated(request[field]));
  if (request.strategies?.includes('distributed'))
    add('strategies', '"distributed" is not in this version', 'strategies');
  if (request.manifest !== undefined) add('manifest', 'is not read by this version');
  if (request.partSize !== undefined) add('partSize', partSizeProblem(request.partSize));
  return problems;
}

function repeated(list: readonly unknown[] | undefined): string | null {
  return list && new Set(list).size < list.length ? 'names the same thing twice' : null;
}

/** Below it a range costs more in requests than it wins; above it S3 refuses: 5 GiB is the largest part. */
const partSizeRange = { low: 64 * KiB, high: 5 * 1024 * 1024 * KiB };

function partSizeProblem(text: string): string | null {
  const bytes = parseSize(text);
  if (bytes === null) return 'is no size';
  return bytes < partSizeRange.low || bytes > partSizeRange.high ? 'is not between 64KiB and 5GiB' : null;
}
