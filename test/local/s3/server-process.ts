import { startS3Server } from '../../../local/s3/s3-server';
import { credentials, region } from './test-server';

void startS3Server({ dataDir: process.argv[2]!, credentials, region }).then(({ url }) =>
  process.stdout.write(`${url}\n`),
);
