import { type ParseArgsConfig, parseArgs } from 'node:util';
import type { Command } from './help';
import { requestFlagOptions, requestFromFlags } from './request-flags';
import { UsageError } from './usage-error';

export interface Arguments {
  options: {
    help: boolean;
    json: boolean;
    color: boolean;
    request?: string;
    out: string;
    endpoint?: string;
    port?: number;
    s3Port?: number;
  };
  positionals: string[];
  /** Fields of the request that stand on the command line. */
  requestFlags: Record<string, unknown>;
}

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

const commandOptions = {
  run: { request: text, endpoint: text, out: text, json: flag, ...requestFlagOptions() },
  serve: { port: text, 's3-port': text, endpoint: text, out: text },
  report: { json: flag },
};

export function parseArguments(command: Command, argv: string[]): Arguments {
  const options: NonNullable<ParseArgsConfig['options']> = {
    help: { type: 'boolean', short: 'h' },
    'no-color': flag,
    ...commandOptions[command],
  };
  let parsed: ReturnType<typeof parseArgs>;
  try {
    parsed = parseArgs({ args: withNegativeNumbers(argv), options, allowPositionals: true, strict: true });
  } catch (error) {
    const [message] = (error as Error).message.split('. ');
    throw new UsageError(message!, `s3-fetch-tuner ${command} --help for what there is`);
  }
  const values = parsed.values as Record<string, string | boolean | undefined>;
  if (command !== 'report' && parsed.positionals.length > 0)
    throw new UsageError(
      `${JSON.stringify(parsed.positionals[0])} stands alone`,
      'flags only, such as --bucket NAME',
    );
  return {
    options: {
      help: values['help'] === true,
      json: values['json'] === true,
      color: values['no-color'] !== true,
      out: (values['out'] as string | undefined) ?? './runs',
      ...textOption('request', values),
      ...textOption('endpoint', values),
      ...portOption('port', 'port', values),
      ...portOption('s3Port', 's3-port', values),
    },
    positionals: parsed.positionals,
    requestFlags: requestFromFlags(values),
  };
}

// parseArgs takes -1 for a flag of its own, wherever it stands.
function withNegativeNumbers(argv: readonly string[]): string[] {
  return argv.flatMap((argument, n) => {
    if (/^-\d/.test(argument) && argv[n - 1]?.startsWith('--')) return [];
    const next = argv[n + 1] ?? '';
    return argument.startsWith('--') && /^-\d/.test(next) ? `${argument}=${next}` : argument;
  });
}

function textOption(name: string, values: Record<string, unknown>): Record<string, string> {
  return values[name] === undefined ? {} : { [name]: values[name] as string };
}

function portOption(name: string, flagName: string, values: Record<string, unknown>): Record<string, number> {
  const value = values[flagName];
  if (value === undefined) return {};
  const port = Number(value);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new UsageError(`--${flagName}: ${JSON.stringify(value)} is no port`, `--${flagName} 7300`);
  return { [name]: port };
}
