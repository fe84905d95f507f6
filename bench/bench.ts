import { join } from 'node:path';
import { type BenchOptions, benchOptions, usage } from './race/bench-options';
import { runBench } from './race/run-bench';
import { goalsText } from './results/goals-text';
import { table } from './results/table';
import { tailTable } from './results/tail-table';
import { writeResults } from './results/write-results';

/** The fetch engine beside its peers on the same work: `npm run bench -- --help`. */
async function main(args: string[]): Promise<number> {
  if (args.includes('--help')) {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  let options: BenchOptions;
  try {
    options = benchOptions(args, join(__dirname, 'results.json'));
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n${usage}\n`);
    return 2;
  }
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort()).once('SIGTERM', () => stop.abort());
  const results = await runBench(options, stop.signal, (line) => process.stderr.write(`${line}\n`));
  await writeResults(options.out, results);
  const sections = [
    table([...results.rows, ...results.otherServers]),
    tailTable(results.tail),
    goalsText(results.goals, options.quick),
  ];
  process.stdout.write(`${sections.filter(Boolean).join('\n\n')}\n`);
  return results.failures.length > 0 ? 1 : 0;
}

void main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const { name, message } = error as Error;
    process.stderr.write(name === 'AbortError' ? 'stopped: no results were written\n' : `${message}\n`);
    process.exitCode = 1;
  },
);
