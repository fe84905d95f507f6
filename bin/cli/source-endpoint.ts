import { S3Client } from '@aws-sdk/client-s3';
import type { SourceS3 } from '../../local/machine/source-s3';
import { UsageError } from './usage-error';

/** The S3 behind --endpoint, with what the AWS SDK's own providers find for it. */
export async function sourceEndpoint(endpoint: string | undefined): Promise<SourceS3 | undefined> {
  if (endpoint === undefined) return undefined;
  if (!URL.canParse(endpoint) || !/^https?:$/.test(new URL(endpoint).protocol))
    throw new UsageError(
      `--endpoint: ${JSON.stringify(endpoint)} is no http URL`,
      '--endpoint http://127.0.0.1:9000',
    );
  const client = new S3Client({
    region: process.env['AWS_REGION'] ?? process.env['AWS_DEFAULT_REGION'] ?? 'us-east-1',
  });
  try {
    const { accessKeyId, secretAccessKey, sessionToken } = await client.config.credentials();
    const region = await client.config.region();
    return { endpoint, region, credentials: { accessKeyId, secretAccessKey, sessionToken } };
  } catch (error) {
    throw new UsageError(
      `--endpoint needs credentials, and the AWS SDK found none (${(error as Error).message})`,
      'AWS_ACCESS_KEY_ID=… AWS_SECRET_ACCESS_KEY=… before the command, or AWS_PROFILE=…',
    );
  } finally {
    client.destroy();
  }
}
