import { createRequire } from 'node:module';
import { answerCpuRequests } from './answer-cpu-requests';

interface S3rverClass {
  new (options: object): { run(): Promise<{ port: number }> };
}

const [moduleFolder, directory] = process.argv.slice(2);
const S3rver = createRequire(__filename)(moduleFolder!) as S3rverClass;

void new S3rver({ address: '127.0.0.1', port: 0, silent: true, directory })
  .run()
  .then(({ port }) => answerCpuRequests(`http://127.0.0.1:${port}`));
