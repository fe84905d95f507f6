import { requestFlagHelp } from './request-flags';

const commands = ['run', 'serve', 'report'] as const;
export type Command = (typeof commands)[number];

export const isCommand = (text: string): text is Command => (commands as readonly string[]).includes(text);

export function generalHelp(): string {
  return `s3-fetch-tuner: races the ways of fetching S3 objects and says which is best

  s3-fetch-tuner run      race them on this machine; without flags, on sample objects
  s3-fetch-tuner serve    keep the machine up: Step Functions, Lambda, S3 and REST API on loopback
  s3-fetch-tuner report   print the table of a run again

  s3-fetch-tuner COMMAND --help tells the rest

Exit codes: 0 all fetched and thresholds kept; 1 an object failed or a threshold broke;
2 the request or the usage was refused; 3 the run is incomplete or broke down.
`;
}

export function commandHelp(command: Command): string {
  return { run: runHelp, serve: serveHelp, report: reportHelp }[command]();
}

function runHelp(): string {
  return `s3-fetch-tuner run [FLAGS]

Runs the state machine on this machine: the real Lambda handlers, an embedded S3, no account.

${table([
  ['--request FILE', 'the request as JSON; flags win over its fields'],
  ...requestFlagHelp(),
  ['--endpoint URL', 'fetch from another S3, with the credentials that the AWS SDK finds'],
  ['--out DIR', 'parent of the run folder (./runs)'],
  ['--json', 'the summary alone on stdout'],
  ['--no-color', 'no colours; NO_COLOR=1 does the same'],
])}
Examples:
  s3-fetch-tuner run
  s3-fetch-tuner run --strategies concurrent,ranged --concurrency 4,16 --part-size 4MiB --num 10
  s3-fetch-tuner run --endpoint http://127.0.0.1:9000 --bucket my-bucket --prefix data/
  s3-fetch-tuner run --thresholds failed=0,p99Ms=500 --json > summary.json
`;
}

function serveHelp(): string {
  return `s3-fetch-tuner serve [FLAGS]

Keeps the local machine up until Ctrl-C; prints its URLs when it is ready.

${table([
  ['--port N', 'Step Functions, Lambda and REST API (7300)'],
  ['--s3-port N', 'S3 (7301)'],
  ['--endpoint URL', 'fetch from another S3'],
  ['--out DIR', 'parent of the run folders (./runs)'],
])}
Examples:
  s3-fetch-tuner serve
  curl -X POST http://127.0.0.1:7300/runs -H 'content-type: application/json' -d '{"num":2}'
  aws --endpoint-url http://127.0.0.1:7301 s3 ls     # credentials local / local-secret
`;
}

function reportHelp(): string {
  return `s3-fetch-tuner report DIR

Prints the table of a run folder again; the exit code tells how the run ended.

${table([
  ['--json', 'the summary on stdout'],
  ['--no-color', 'no colours'],
])}
Example:
  s3-fetch-tuner report runs/20261123T101500-k3v9x
`;
}

function table(rows: [string, string][]): string {
  const width = Math.max(...rows.map(([flag]) => flag.length));
  return rows.map(([flag, what]) => `  ${flag.padEnd(width)}  ${what}\n`).join('');
}
