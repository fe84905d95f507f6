import { join } from 'node:path';
import type { BenchClientKind } from './bench-client-kind';
import { pythonWith } from './python';

/** boto3 in threads, bodies by chunks of 1 MiB. Without the CRT it does not know CRC64NVME. */
export const boto3: BenchClientKind = {
  measures: 'section',
  verifies: false,
  bystander: true,
  argv: async () => {
    const python = await pythonWith('boto3');
    return typeof python === 'string' ? python : [python.program, join(__dirname, 'boto3_client.py')];
  },
};
