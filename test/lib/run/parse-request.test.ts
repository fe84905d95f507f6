import { parseRequest, parseRequestText } from '../../../lib/run/parse-request';
import { type Problem, RequestError } from '../../../lib/run/request-error';
import { type RequestField, requestFields } from '../../../lib/run/request-fields';

function problemsOf(request: unknown): Problem[] {
  try {
    parseRequest(request);
  } catch (error) {
    if (error instanceof RequestError) return error.problems;
    throw error;
  }
  return [];
}

const fields = Object.keys(requestFields) as RequestField[];

// What is wrong, where, and what to write; the request is JSON.
test.each<[string, unknown, string, RegExp | string, RegExp | string]>([
  ['an array', [], '$', 'is not an object', '{}'],
  ['null', null, '$', 'is not an object', '{}'],
  ['text', 'run', '$', 'is not an object', '{}'],
  ['a number', 5, '$', 'is not an object', '{}'],
  ['nothing at all', undefined, '$', 'is not an object', '{}'],
  ['an unknown field', { colour: 1 }, 'colour', 'is not a field', /^one of version, bucket, .*dryRun$/],
  ['another case', { PartSize: '8MiB' }, 'PartSize', 'is not a field', '"partSize":"8MiB"'],
  ['another spelling', { part_size: '8MiB' }, 'part_size', 'is not a field', '"partSize":"8MiB"'],
  ['the singular', { key: 'a' }, 'key', 'is not a field', requestFields.keys.write],
  ['a letter too many', { buckets: 'b' }, 'buckets', 'is not a field', '"bucket":"my-bucket"'],
  ['a letter wrong', { numb: 2 }, 'numb', 'is not a field', '"num":5'],
  ['an unknown timeout', { timeouts: { readMs: 1 } }, 'timeouts.readMs', 'is not a field', /^"timeouts"/],
  ['a name of Object', { constructor: 1 }, 'constructor', 'is not a field', /^one of /],
  ['a number as text', { num: '5' }, 'num', 'is not a number', '"num":5'],
  ['a fraction', { num: 1.5 }, 'num', 'is not a whole number', '"num":5'],
  ['zero', { num: 0 }, 'num', 'is below 1', '"num":5'],
  ['less than zero', { warmup: -1 }, 'warmup', 'is below 0', '"warmup":1'],
  ['a huge number', { num: 1e9 }, 'num', 'is above 100', '"num":5'],
  ['beyond whole numbers', { seed: 1e300 }, 'seed', /above|whole/, '"seed":1'],
  ['infinity', { balancedWeight: Number.POSITIVE_INFINITY }, 'balancedWeight', /./, '"balancedWeight":0.5'],
  ['no number', { balancedWeight: Number.NaN }, 'balancedWeight', 'is not a number', '"balancedWeight":0.5'],
  ['no list', { concurrency: 8 }, 'concurrency', 'is not an array', '"concurrency":[8]'],
  ['an empty list', { concurrency: [] }, 'concurrency', 'is empty', '"concurrency":[8]'],
  ['a wrong item', { concurrency: [8, 0] }, 'concurrency[1]', 'is below 1', '"concurrency":[8]'],
  ['a huge item', { concurrency: [257] }, 'concurrency[0]', 'is above 256', '"concurrency":[8]'],
  ['the same twice', { concurrency: [8, 8] }, 'concurrency', 'names the same thing twice', /8/],
  ['a strategy twice', { strategies: ['map', 'map'] }, 'strategies', 'names the same thing twice', /./],
  ['no strategy', { strategies: ['fast'] }, 'strategies[0]', /^is not one of "sequential"/, /^"strategies"/],
  ['null in a field', { bucket: null }, 'bucket', 'is not a string', '"bucket":"my-bucket"'],
  ['an object', { bucket: {} }, 'bucket', 'is not a string', '"bucket":"my-bucket"'],
  ['a flag as text', { dryRun: 'yes' }, 'dryRun', 'is not a boolean', '"dryRun":true'],
  ['another version', { version: 2 }, 'version', 'is not one of 1', '"version":1'],
  ['an ARN', { bucket: 'arn:aws:s3:::lake' }, 'bucket', 'is an ARN, not a name', '"bucket":"my-bucket"'],
  ['a URL', { bucket: 's3://lake' }, 'bucket', 'is a URL, not a name', '"bucket":"my-bucket"'],
  ['a bucket with a slash', { bucket: 'lake/data' }, 'bucket', /^has a slash/, '"bucket":"my-bucket"'],
  ['an IP address', { bucket: '10.0.0.1' }, 'bucket', 'looks like an IP address', '"bucket":"my-bucket"'],
  ['a directory bucket', { bucket: 'lake--use1-az4--x-s3' }, 'bucket', /^is a directory bucket/, /./],
  ['an access point', { bucket: 'lake-abc-s3alias' }, 'bucket', /access point/, /./],
  ['capital letters', { bucket: 'Lake' }, 'bucket', /^is no bucket name/, /./],
  ['a short name', { bucket: 'ab' }, 'bucket', /^is no bucket name/, /./],
  ['an empty bucket', { bucket: '' }, 'bucket', /^is no bucket name/, /./],
  ['an empty key', { keys: ['a', ''] }, 'keys[1]', /^is empty/, requestFields.keys.write],
  ['no keys', { keys: [] }, 'keys', 'is empty', requestFields.keys.write],
  ['half a character', { keys: ['\ud83d'] }, 'keys[0]', /^is not valid UTF-8/, requestFields.keys.write],
  ['half in a prefix', { prefix: 'a\udc00' }, 'prefix', /^is not valid UTF-8/, '"prefix":"data/"'],
  ['1,025 bytes', { keys: ['é'.repeat(512) + 'x'] }, 'keys[0]', 'is longer than 1024 bytes', /./],
  ['prefix beside keys', { prefix: 'a', keys: ['a'] }, 'keys', /^stands beside prefix/, /./],
  [
    'keys beside manifest',
    { keys: ['a'], manifest: 's3://b/x.jsonl' },
    'manifest',
    /^stands beside keys/,
    /./,
  ],
  ['a manifest', { manifest: 's3://b/x.jsonl' }, 'manifest', /not read by this version/, /./],
  ['a size without unit', { partSize: '8 MB' }, 'partSize', /form/, '"partSize":"8MiB"'],
  ['a small part', { partSize: '65535' }, 'partSize', 'is not between 64KiB and 5GiB', '"partSize":"8MiB"'],
  ['a large part', { partSize: '6GiB' }, 'partSize', 'is not between 64KiB and 5GiB', '"partSize":"8MiB"'],
  ['no time', { timeouts: { stallMs: 0 } }, 'timeouts.stallMs', 'is below 1', /^"timeouts"/],
])('%s is refused', (_, request, path, problem, write) => {
  const [first] = problemsOf(request);
  expect(first).toEqual({
    path,
    problem: expect.stringMatching(typeof problem === 'string' ? exactly(problem) : problem) as string,
    write: expect.stringMatching(typeof write === 'string' ? exactly(write) : write) as string,
  });
});

const exactly = (text: string) => new RegExp(`^${text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}$`);

test('every field that is wrong is named, in one go', () => {
  expect(
    problemsOf({ num: 0, warmup: 'x', colour: 1 })
      .map(({ path }) => path)
      .sort(),
  ).toEqual(['colour', 'num', 'warmup']);
  expect(problemsOf({ bucket: 'A', keys: [''] }).map(({ path }) => path)).toEqual(['bucket', 'keys[0]']);
});

test('ten thousand mistakes are an error that a person can read and a state can hold', () => {
  const problems = problemsOf({ keys: Array.from({ length: 10_000 }, () => '') });
  expect(problems).toHaveLength(11);
  expect(problems[10]).toEqual({ path: '$', problem: 'has 9990 more problems', write: 'these first' });
});

test.each([
  ['{', 'is not JSON'],
  ['{"a":\u001b[31m}\n\n', 'is not JSON'],
  [`{"prefix":"${'x'.repeat(64 * 1024)}"}`, 'is larger than 64 KiB'],
  ['['.repeat(100_000) + ']'.repeat(100_000), /larger than 64 KiB|nested deeper than 16/],
  [`{"keys":${'['.repeat(20_000)}${']'.repeat(20_000)}}`, 'is nested deeper than 16'],
  [`${'{"a":'.repeat(16)}{}${'}'.repeat(16)}`, 'is nested deeper than 16'],
  ['{"__proto__":{"num":1}}', 'is not a field'],
  ['{"timeouts":{"__proto__":{"connectMs":1}}}', 'is not a field'],
  ['{"keys":[{"__proto__":1}]}', 'is not a field'],
])('the text %.40j is refused in one line', (text, problem) => {
  expect(() => parseRequestText(text)).toThrow(RequestError);
  expect(() => parseRequestText(text)).toThrow(problem);
  try {
    parseRequestText(text);
  } catch (error) {
    expect((error as RequestError).message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  }
});

test('a value that was parsed elsewhere and is too deep is refused, not a crash', () => {
  let deep: unknown = 1;
  for (let n = 0; n < 100_000; n++) deep = [deep];
  expect(problemsOf(deep)).toMatchObject([{ path: '$', problem: 'is nested deeper than 16' }]);
  expect(problemsOf({ keys: ['x'.repeat(70_000)] })).toMatchObject([{ problem: 'is larger than 64 KiB' }]);
});

test('a field with a hostile name is shown, and stays one line', () => {
  const error = new RequestError(problemsOf({ '\u001b[31mred\nline: \u202e': 1 }));
  expect(error.message.split('\n')).toHaveLength(1);
  expect(error.message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
});

// This version knows the field, and says that it does not read it yet and what to write in its place.
const notYet: RequestField = 'manifest';

test.each(fields.filter((field) => field !== notYet))('what %s tells to write is a request', (field) => {
  const request = parseRequestText(`{${requestFields[field].write}}`);
  expect(Object.keys(request)).toEqual([field]);
});

test('a manifest is refused, with what is read in its place', () => {
  expect(problemsOf({ manifest: 's3://lake/lists/a.jsonl' })).toEqual([
    { path: 'manifest', problem: 'is not read by this version', write: '"prefix":"data/"' },
  ]);
});

test.each([[{ strategies: ['distributed'] }, '"distributed" is not in this version']])(
  '%j is of a later version',
  (request, problem) => {
    expect(problemsOf(request)).toMatchObject([{ problem }]);
  },
);

test('an empty request is one', () => {
  expect(parseRequestText('{}')).toEqual({});
});
