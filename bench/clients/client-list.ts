import type { BenchClientKind } from './bench-client-kind';
import { awscli } from './awscli';
import { boto3 } from './boto3';
import { curl } from './curl';
import { nodeClient } from './node-client';
import { rclone } from './rclone';
import { undici } from './undici-client';
import { wrk } from './wrk';

/** In the order of the table. */
export const clientList: Record<string, BenchClientKind> = {
  direct: { ...nodeClient(require.resolve('./direct')), verifies: true },
  'direct-records': { ...nodeClient(require.resolve('./direct-records')), verifies: true },
  sdk: { ...nodeClient(require.resolve('./sdk')), verifies: true },
  'sdk-required': { ...nodeClient(require.resolve('./sdk-required')), verifies: false },
  'sdk-tuned': { ...nodeClient(require.resolve('./sdk-tuned')), verifies: false },
  undici,
  curl,
  wrk,
  boto3,
  rclone,
  awscli,
};

export const clientNames = Object.keys(clientList);
