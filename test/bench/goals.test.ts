import { judge } from '../../bench/results/goals';
import type { Row } from '../../bench/results/row';
import { spread } from '../../bench/results/spread';
import { tailRowOf } from '../../bench/results/tail-row';

function row(client: string, cpuSeconds: number, overrides: Partial<Row> = {}): Row {
  return {
    workload: 'W4',
    scheme: 'http',
    checksum: 'none',
    client,
    server: 'nginx',
    verified: false,
    runs: 3,
    measures: 'section',
    cpuSeconds: spread([cpuSeconds]),
    wallSeconds: spread([cpuSeconds]),
    cold: null,
    processCpuSeconds: spread([cpuSeconds + 0.04]),
    rssMiB: 50,
    ...overrides,
  };
}

const verdict = (rows: Row[], goal: string) =>
  judge(rows, []).find((judged) => judged.goal.startsWith(goal))!;

test.each([
  [0.24, true],
  [0.26, false],
])('%d s of CPU beside 1 s of the SDK: reached is %s', (own, reached) => {
  const rows = [row('direct', own), row('sdk-required', 1)];
  expect(verdict(rows, 'W4 http, no checksum: direct / sdk-required').reached).toBe(reached);
});

test('a program is compared with the whole process, start-up included', () => {
  const rows = [row('direct', 0.73), row('curl', 1, { processCpuSeconds: spread([1]) })];
  expect(verdict(rows, 'W4 http, no checksum: direct / curl')).toMatchObject({
    value: '0.77 ×',
    reached: false,
  });
});

test('what was not measured is neither reached nor missed', () => {
  expect(judge([row('direct', 1)], []).filter(({ reached }) => reached !== null)).toMatchObject([
    { goal: 'direct: largest resident set', reached: true },
  ]);
});

test('another case of the same client does not count', () => {
  const rows = [row('direct', 0.1), row('sdk-required', 1, { scheme: 'https' })];
  expect(verdict(rows, 'W4 http, no checksum: direct / sdk-required').reached).toBeNull();
});

test('the largest resident set of any case counts, and the growth from small to large objects', () => {
  const rows = [row('direct', 1, { rssMiB: 81 }), row('direct', 1, { workload: 'W3', rssMiB: 60 })];
  expect(verdict(rows, 'direct: largest resident set').reached).toBe(false);
  expect(verdict(rows, 'direct: resident set of 1 GiB')).toMatchObject({ value: '21 MiB', reached: false });
});

test('the tail is judged by the nearest rank, beside the same engine without hedging', () => {
  const ms = (slow: number) => Array.from({ length: 1000 }, (_, i) => (i < 3 ? slow : 10));
  const tail = [
    tailRowOf('body', 'direct', 1000, [{ durationsMs: ms(2010), wallSeconds: 3, requests: 1000 }]),
    tailRowOf('body', 'direct-hedged', 1000, [{ durationsMs: ms(100), wallSeconds: 1, requests: 1021 }]),
  ];
  const judged = judge([], tail).filter(({ reached }) => reached !== null);
  expect(judged).toMatchObject([
    { goal: '1 % stalls in body: p99.9 hedged / unhedged', value: '1/20.1', reached: true },
    { goal: '1 % stalls in body: requests more than objects', value: '2.1 %', reached: false },
  ]);
});
