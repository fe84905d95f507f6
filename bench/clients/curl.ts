import type { ClientTask } from '../race/client-task';
import type { ChildOutput } from '../race/run-child';
import { keyOf } from '../race/workloads';
import { findProgram } from '../servers/find-program';
import type { BenchClientKind, Command } from './bench-client-kind';

/** `curl -Z`: one process, all URLs, so many at once, signed. */
export const curl: BenchClientKind = {
  measures: 'process',
  verifies: false,
  argv: () => Promise.resolve(findProgram('curl') === null ? 'not installed' : ['curl', '-q']),
  command: (task) => Promise.resolve(command(task)),
};

function command(task: ClientTask): Command {
  const { endpoint, bucket, region, credentials, caFile, workload, objects, sizeBytes, concurrency } = task;
  const first = keyOf(workload, 0).slice(-8, -4);
  const last = keyOf(workload, objects - 1).slice(-8, -4);
  const args = ['-Z', '--parallel-max', String(concurrency), '-sS', '--fail'];
  args.push('--aws-sigv4', `aws:amz:${region}:s3`);
  args.push('--user', `${credentials.accessKeyId}:${credentials.secretAccessKey}`);
  // Without it curl 7.88 makes a signature that S3 refuses.
  args.push('-H', 'x-amz-content-sha256: UNSIGNED-PAYLOAD');
  if (caFile !== null) args.push('--cacert', caFile);
  args.push('-w', '%{http_code} %{size_download}\n', '-o', '/dev/null');
  args.push(`${endpoint}/${bucket}/${workload}/[${first}-${last}].bin`);
  const objectsRead = ({ stdout }: ChildOutput) => {
    const whole = stdout.split('\n').filter((line) => line === `200 ${sizeBytes}`);
    return Promise.resolve(whole.length);
  };
  return { args, objectsRead };
}
