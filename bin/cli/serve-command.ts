import { once } from 'node:events';
import { startLocalMachine } from '../../local/machine/local-machine';
import { defaultPorts } from '../../local/machine/machine-ports';
import { parseProgressLine } from '../../local/machine/progress-events';
import { DataDirLockedError } from '../../local/s3/store/data-dir-lock';
import { dataDirOf } from './local-folders';
import type { ExitCode, Terminal } from './terminal';
import { outFolder } from './out-folder';
import type { Arguments } from './parse-arguments';
import { sourceEndpoint } from './source-endpoint';
import { untilInterrupted } from './until-interrupted';
import { UsageError } from './usage-error';

/** Keeps the local machine up until it is interrupted. */
export async function serveCommand({ options }: Arguments, terminal: Terminal): Promise<ExitCode> {
  const { stdout, stderr } = terminal;
  const machine = await startLocalMachine({
    dataDir: await dataDirOf(terminal),
    outDir: await outFolder(options.out, terminal),
    host: '127.0.0.1',
    ports: { control: options.port ?? defaultPorts.control, s3: options.s3Port ?? defaultPorts.s3 },
    source: await sourceEndpoint(options.endpoint),
    onSynth: () => stderr.write('synthesizing the stack (once for each state of the sources)\n'),
    onLog: ({ line, functionName }) => {
      if (!parseProgressLine(line)) stderr.write(`${functionName}: ${line}\n`);
    },
  }).catch((error: NodeJS.ErrnoException) => {
    throw asUsageError(error);
  });
  const interrupted = untilInterrupted(terminal);
  stdout.write(machine.welcome());
  if (!interrupted.signal.aborted) await once(interrupted.signal, 'abort');
  stderr.write('closing\n');
  await machine.close();
  interrupted.end();
  return 0;
}

function asUsageError(error: NodeJS.ErrnoException & { port?: number }): Error {
  if (error.code === 'EADDRINUSE')
    return new UsageError(
      `port ${error.port} is in use`,
      '--port N --s3-port N with free ports (0 takes any)',
    );
  if (error instanceof DataDirLockedError)
    return new UsageError(error.message, `kill ${error.holderPid}, or start it in another folder`);
  return error;
}
