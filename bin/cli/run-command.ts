import { readFile } from 'node:fs/promises';
import { painter } from '../../lib/report/paint';
import { formatReport } from '../../lib/report/text-report';
import { parseJsonWithinLimits } from '../../lib/run/json-limits';
import { parseRequest } from '../../lib/run/parse-request';
import { refuse } from '../../lib/run/request-error';
import type { Request } from '../../lib/run/request-fields';
import { startLocalMachine } from '../../local/machine/local-machine';
import { parseProgressLine } from '../../local/machine/progress-events';
import { runOnMachine } from '../../local/machine/run-on-machine';
import { exitCodeOf } from './exit-code';
import { dataDirOf, withS3Dir } from './local-folders';
import type { ExitCode, Terminal } from './terminal';
import { outFolder } from './out-folder';
import type { Arguments } from './parse-arguments';
import { hasColor, printSummary } from './print-summary';
import { ProgressView } from './progress-view';
import { sourceEndpoint } from './source-endpoint';
import { untilInterrupted } from './until-interrupted';

/** Runs the state machine on this machine and prints what it found. */
export async function runCommand(
  { options, requestFlags }: Arguments,
  terminal: Terminal,
): Promise<ExitCode> {
  const request = await requestOf(options.request, requestFlags);
  const source = await sourceEndpoint(options.endpoint);
  if (source && request.bucket === undefined)
    refuse('bucket', 'is needed with --endpoint', '--bucket NAME with a bucket of that S3');

  const live = terminal.stdout.isTTY && !options.json;
  const paint = painter(options.color && hasColor(terminal));
  const view = new ProgressView(live ? (text) => terminal.stderr.write(text) : () => {}, paint);
  const outDir = await outFolder(options.out, terminal);
  const dataDir = await dataDirOf(terminal);
  const machine = await withS3Dir(
    dataDir,
    (s3Dir) =>
      startLocalMachine({
        dataDir,
        s3Dir,
        outDir,
        host: '127.0.0.1',
        ports: { control: 0, s3: 0 },
        source,
        onSynth: () => view.say('synthesizing the stack (once for each state of the sources)'),
        onLog: ({ line, functionName }) => {
          const event = parseProgressLine(line);
          if (event) view.show(event);
          else terminal.stderr.write(`${functionName}: ${line}\n`);
        },
      }),
    (text) => view.say(text),
  );
  try {
    const interrupted = untilInterrupted(terminal);
    const { summary, folder } = await runOnMachine(machine, request, {
      stop: interrupted.signal,
      onPlan: (plan) => view.expect(plan.objects.count, plan.trials.length),
      onStopping: () =>
        terminal.stderr.write('\nstopping: what runs now ends first; Ctrl-C again ends at once\n'),
    }).finally(() => {
      interrupted.end();
      view.close();
    });
    printSummary(summary, formatReport, options, terminal);
    if (!options.json) terminal.stdout.write(`run folder: ${folder}\n`);
    return exitCodeOf(summary);
  } finally {
    await machine.close();
  }
}

async function requestOf(file: string | undefined, flags: Record<string, unknown>): Promise<Request> {
  if (file === undefined) return parseRequest(flags);
  const text = await readFile(file, 'utf8').catch((error: Error) =>
    refuse('--request', `cannot be read (${error.message})`, '--request FILE with a file of JSON'),
  );
  const fromFile = parseJsonWithinLimits(text);
  if (typeof fromFile !== 'object' || fromFile === null || Array.isArray(fromFile))
    return parseRequest(fromFile);
  return parseRequest({ ...fromFile, ...flags });
}
