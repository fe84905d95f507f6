import type { ClientTask } from '../race/client-task';
import type { ChildOutput } from '../race/run-child';
import { findProgram } from '../servers/find-program';
import type { BenchClientKind, Command } from './bench-client-kind';

/** `rclone cat --discard`: it lists, reads every body and drops it. */
export const rclone: BenchClientKind = {
  measures: 'process',
  verifies: false,
  bystander: true,
  argv: () => Promise.resolve(findProgram('rclone') === null ? 'not installed' : ['rclone']),
  command: (task) => Promise.resolve(command(task)),
};

function command(task: ClientTask): Command {
  const { endpoint, region, bucket, workload, credentials, caFile, sizeBytes, concurrency } = task;
  const args = ['cat', '--discard', '--config', '/dev/null', '--transfers', String(concurrency)];
  args.push('--checkers', String(concurrency), '--s3-provider', 'Other', '--s3-endpoint', endpoint);
  args.push('--s3-region', region, '--s3-list-version', '2', '--use-json-log', '--stats', '1h', '-v');
  if (caFile !== null) args.push('--ca-cert', caFile);
  args.push(`:s3:${bucket}/${workload}`);
  const env = {
    RCLONE_S3_ACCESS_KEY_ID: credentials.accessKeyId,
    RCLONE_S3_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  };
  const objectsRead = ({ stderr }: ChildOutput) => {
    const bytes = Number(/"stats":\{"bytes":(\d+)/.exec(stderr)?.[1]);
    return Promise.resolve(bytes / sizeBytes);
  };
  return { args, env, objectsRead };
}
