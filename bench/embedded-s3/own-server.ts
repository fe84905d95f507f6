import { startS3Server } from '../../local/s3/s3-server';
import { answerCpuRequests } from './answer-cpu-requests';

const [dataDir, credentials] = process.argv.slice(2);

void startS3Server({ dataDir: dataDir!, credentials: JSON.parse(credentials!), region: 'us-east-1' }).then(
  ({ url }) => answerCpuRequests(url),
);
