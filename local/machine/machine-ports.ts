/** What `serve` listens on when it is told nothing else. */
export const defaultPorts = { control: 7300, s3: 7301 };

/** Known to everyone: they guard nothing but against mistakes. */
export const localCredentials = { accessKeyId: 'local', secretAccessKey: 'local-secret' };
export const localRegion = 'us-east-1';
