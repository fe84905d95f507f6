import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClientTask } from '../race/client-task';
import { findProgram } from '../servers/find-program';
import type { BenchClientKind, Command } from './bench-client-kind';
import { pythonWith } from './python';

/** `aws s3 cp --recursive` as it comes: it lists, fetches in parts of 8 MiB, and can but write to files. */
export const awscli: BenchClientKind = {
  measures: 'process',
  verifies: false,
  bystander: true,
  argv: async () => {
    const python = await pythonWith('awscli');
    if (typeof python !== 'string') return [python.program, '-m', 'awscli'];
    return findProgram('aws') === null ? 'not installed' : ['aws'];
  },
  command: (task, scratch) => Promise.resolve(command(task, scratch)),
};

function command(task: ClientTask, scratch: string): Command {
  const { endpoint, region, bucket, workload, credentials, caFile, sizeBytes } = task;
  const folder = join(scratch, 'objects');
  const args = ['s3', 'cp', '--recursive', '--only-show-errors', '--endpoint-url', endpoint];
  args.push('--region', region, `s3://${bucket}/${workload}/`, folder);
  const env = {
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    ...(caFile === null ? {} : { AWS_CA_BUNDLE: caFile }),
  };
  const objectsRead = async () => {
    const names = await readdir(folder);
    const files = await Promise.all(names.map((name) => stat(join(folder, name))));
    return files.filter(({ size }) => size === sizeBytes).length;
  };
  return { args, env, objectsRead };
}
