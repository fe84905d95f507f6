import { benchOptions } from '../../bench/race/bench-options';

test('without flags everything is measured five times', () => {
  const options = benchOptions([], 'results.json');
  expect(options).toMatchObject({ quick: false, runs: 5, schemes: ['http', 'https'], tail: true });
  expect(options.workloads.map(({ name, objects, sizeBytes }) => [name, objects * sizeBytes])).toEqual([
    ['W1', 3 * 30 * 2 ** 20],
    ['W2', 64 * 8 * 2 ** 20],
    ['W3', 5_000 * 16 * 2 ** 10],
    ['W4', 2 ** 30],
  ]);
  expect(options.clients).toEqual(
    expect.arrayContaining(['direct', 'sdk', 'sdk-required', 'sdk-tuned', 'curl']),
  );
});

test('lists keep the order of the table, whatever order they are written in', () => {
  const options = benchOptions(['--client', 'curl,sdk, direct', '--workload', 'tail,W3'], 'results.json');
  expect(options.clients).toEqual(['direct', 'sdk', 'curl']);
  expect(options).toMatchObject({ tail: true, workloads: [{ name: 'W3' }] });
});

test.each([
  ['--workload', 'W9', 'W9'],
  ['--client', 'telnet', 'telnet'],
  ['--client', 'constructor', 'constructor'],
  ['--scheme', 'ftp', 'ftp'],
  ['--runs', '0', '--runs'],
  ['--runs', '1e3', '--runs'],
  ['--fast', '', '--fast'],
])('%s %s is refused', (option, value, named) => {
  expect(() => benchOptions([option, value], 'results.json')).toThrow(named);
});
