/** Another S3 to fetch from, with what is needed to call it; the run folders stay on this machine. */
export interface SourceS3 {
  endpoint: string;
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string | undefined };
}

/** What tells the Lambdas to read objects from there. */
export function sourceEnvironment({ endpoint, region, credentials }: SourceS3): Record<string, string> {
  return {
    SOURCE_ENDPOINT_URL: endpoint,
    SOURCE_REGION: region,
    SOURCE_CREDENTIALS: JSON.stringify(credentials),
  };
}
