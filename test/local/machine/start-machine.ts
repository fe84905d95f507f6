import { join } from 'node:path';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import type { SandboxLogLine } from '../../../local/lambda/lambda-service';
import { packageRoot } from '../../../local/machine/assembly';
import { type LocalMachine, startLocalMachine } from '../../../local/machine/local-machine';
import { localCredentials as credentials, localRegion as region } from '../../../local/machine/machine-ports';
import type { SourceS3 } from '../../../local/machine/source-s3';
import { type Rest, restClient } from './rest-client';
import { tempFolder } from './temp-folder';

export interface StartedMachine {
  machine: LocalMachine;
  outDir: string;
  rest: Rest;
  s3: S3Client;
  sfn: SFNClient;
  logged: SandboxLogLine[];
  put(bucket: string, key: string, body: string | Buffer): Promise<void>;
  close(): Promise<void>;
}

/** The synthesized stack is kept between tests, as it is between runs. */
export const keptDir = join(packageRoot(__dirname), '.s3-fetch-tuner');

/** A local machine with folders of its own, and the clients of its users. */
export async function startMachine(source?: SourceS3): Promise<StartedMachine> {
  const folder = tempFolder();
  const outDir = join(folder.path, 'runs');
  const logged: SandboxLogLine[] = [];
  const machine = await startLocalMachine({
    dataDir: keptDir,
    s3Dir: join(folder.path, 's3'),
    outDir,
    host: '127.0.0.1',
    ports: { control: 0, s3: 0 },
    source,
    onSynth: () => {},
    onLog: (line) => logged.push(line),
  });
  const s3 = new S3Client({ endpoint: machine.s3Url, region, credentials, forcePathStyle: true });
  const sfn = new SFNClient({ endpoint: machine.url, region, credentials, maxAttempts: 1 });
  return {
    machine,
    outDir,
    rest: restClient(machine.url),
    s3,
    sfn,
    logged,
    put: async (Bucket, Key, Body) => void (await s3.send(new PutObjectCommand({ Bucket, Key, Body }))),
    close: async () => {
      s3.destroy();
      sfn.destroy();
      await machine.close();
      folder.remove();
    },
  };
}
