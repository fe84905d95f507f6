import { RequestError } from '../../lib/run/request-error';
import { commandHelp, generalHelp, isCommand } from './help';
import { parseArguments } from './parse-arguments';
import { reportCommand } from './report-command';
import { runCommand } from './run-command';
import { serveCommand } from './serve-command';
import type { ExitCode, Terminal } from './terminal';
import { UsageError } from './usage-error';

export async function main(argv: string[], terminal: Terminal): Promise<ExitCode> {
  try {
    const [command = '', ...rest] = argv;
    if (command === '' || command === '--help' || command === '-h' || command === 'help') {
      terminal.stdout.write(generalHelp());
      return command === '' ? 2 : 0;
    }
    if (!isCommand(command))
      throw new UsageError(`there is no command ${JSON.stringify(command)}`, 'run, serve or report');
    const parsed = parseArguments(command, rest);
    if (parsed.options.help) {
      terminal.stdout.write(commandHelp(command));
      return 0;
    }
    const commands = { run: runCommand, serve: serveCommand, report: reportCommand };
    return await commands[command](parsed, terminal);
  } catch (error) {
    return refusedOrBroken(error as Error, terminal);
  }
}

function refusedOrBroken(error: Error, { stderr, env }: Terminal): ExitCode {
  if (error instanceof RequestError) {
    for (const { path, problem, write } of error.problems)
      stderr.write(`refused: ${path} ${problem}\n  write ${write}\n`);
    return 2;
  }
  if (error instanceof UsageError) {
    stderr.write(`refused: ${error.message}\n  write ${error.write}\n`);
    return 2;
  }
  stderr.write(`broke down: ${env['DEBUG'] ? error.stack : error.message}\n`);
  return 3;
}
