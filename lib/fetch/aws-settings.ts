import type { Credentials, CredentialsProvider } from './direct/signing/credentials';

/** Where S3 is and who asks, as the AWS SDK would find it. */
export interface AwsSettings {
  region: string;
  /** Undefined for AWS's own. */
  endpoint: string | undefined;
  credentials: CredentialsProvider;
}

/**
 * The settings of this environment. A Lambda has all of them in its variables; elsewhere the SDK's own providers
 * (profiles, SSO, web identity, metadata services) are asked, which loads `@aws-sdk/client-s3` at that moment.
 */
export async function awsSettings(given: Partial<AwsSettings> = {}): Promise<AwsSettings> {
  const { env } = process;
  const endpoint = given.endpoint ?? env['AWS_ENDPOINT_URL_S3'] ?? env['AWS_ENDPOINT_URL'];
  const region = given.region ?? env['AWS_REGION'];
  const credentials = given.credentials ?? environmentCredentials();
  if (region !== undefined && credentials) return { region, endpoint, credentials };
  const { S3Client } = await import('@aws-sdk/client-s3');
  const { config } = new S3Client({ region });
  return {
    region: region ?? (await config.region()),
    endpoint,
    credentials: credentials ?? (() => config.credentials()),
  };
}

// Read at each call: a Lambda's variables are those of its sandbox, and are valid as long as it lives.
function environmentCredentials(): CredentialsProvider | undefined {
  const credentials = fromEnvironment();
  return credentials && (async () => fromEnvironment() ?? credentials);
}

function fromEnvironment(): Credentials | undefined {
  const {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN,
  } = process.env;
  if (!accessKeyId || !secretAccessKey) return undefined;
  return { accessKeyId, secretAccessKey, sessionToken: AWS_SESSION_TOKEN };
}
