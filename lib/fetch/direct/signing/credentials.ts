/** What requests are signed with. */
export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string | undefined;
  expiration?: Date | undefined;
}

/** Called when credentials are needed and again shortly before they expire. */
export type CredentialsProvider = () => Promise<Credentials>;
