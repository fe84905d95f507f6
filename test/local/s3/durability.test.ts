import { CreateBucketCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DataDirLockedError } from '../../../local/s3/store/data-dir-lock';
import { ObjectStore } from '../../../local/s3/store/object-store';
import { bytesOf, clientOf, startTestServer, temporaryFolder } from './test-server';

const Bucket = 'durable';
// The machine may be busy with other things: a child and its compiler take their time.
jest.setTimeout(30_000);
let dataDir: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  dataDir = temporaryFolder();
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(dataDir, { recursive: true });
});

async function startInProcess(): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', require.resolve('./server-process'), dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const [line] = await once(child.stdout, 'data');
  return { child, url: String(line).trim() };
}

test('what was answered survives a kill -9 in the midst of uploads, whole; the rest leaves nothing', async () => {
  const { child, url } = await startInProcess();
  const client = clientOf(url);
  await client.send(new CreateBucketCommand({ Bucket }));
  const answered = new Map<string, Buffer>();
  const writer = async (name: string) => {
    for (let i = 0; ; i++) {
      const Body = Buffer.alloc(200_000, `${name}${i}`);
      const Key = `${name}/${i % 7}`;
      await client.send(new PutObjectCommand({ Bucket, Key, Body }));
      answered.set(Key, Body);
      if (answered.size === 28 && i > 15) child.kill('SIGKILL');
    }
  };
  const exited = once(child, 'exit');
  await Promise.allSettled(['a', 'b', 'c', 'd'].map(writer));
  await exited;
  client.destroy();
  expect(answered.size).toBe(28);

  const server = await startTestServer({ dataDir });
  for (const [Key, Body] of answered) {
    const got = await bytesOf(await server.client.send(new GetObjectCommand({ Bucket, Key })));
    // A later upload of the same key may have been kept without its answer getting out.
    expect(got.length).toBe(Body.length);
    expect(
      new Set(
        got
          .toString()
          .match(/[abcd]\d+/g)!
          .slice(1, -1),
      ).size,
    ).toBe(1);
  }
  const bodies = new Set(readdirSync(join(dataDir, 'bodies')));
  expect(readdirSync(join(dataDir, 'incoming'))).toEqual([]);
  expect(bodies.size).toBe(28);
  await server.close();
});

test('a folder in use is refused, with the name of the process that has it', async () => {
  const { child } = await startInProcess();
  expect(() => new ObjectStore(dataDir)).toThrow(DataDirLockedError);
  expect(() => new ObjectStore(dataDir)).toThrow(`in use by process ${child.pid}`);
  child.kill('SIGKILL');
  await once(child, 'exit');
  new ObjectStore(dataDir).close();
});

test('one process cannot open a folder twice, but again after closing', () => {
  const store = new ObjectStore(dataDir);
  expect(() => new ObjectStore(dataDir)).toThrow(`in use by process ${process.pid}`);
  store.close();
  new ObjectStore(dataDir).close();
});

test.each([
  ['a process that is gone', JSON.stringify({ pid: 2 ** 22 + 1, startedAt: '1', token: 'x' })],
  [
    'an earlier process with the id of this one',
    JSON.stringify({ pid: process.pid, startedAt: '1', token: 'x' }),
  ],
  ['a living process that started later', JSON.stringify({ pid: process.ppid, startedAt: '1', token: 'x' })],
  ['nobody', ''],
])('takes over the lock of %s', (_, lock) => {
  writeFileSync(join(dataDir, 'lock'), lock);
  const store = new ObjectStore(dataDir);
  expect(JSON.parse(readFileSync(join(dataDir, 'lock'), 'utf8'))).toMatchObject({ pid: process.pid });
  store.close();
});

test('a last line torn by a kill is forgotten, wherever it was torn', () => {
  const journal = join(dataDir, 'journal.jsonl');
  const store = new ObjectStore(dataDir);
  store.createBucket('whole');
  const sizeBefore = statSync(journal).size;
  store.createBucket('torn');
  const sizeAfter = statSync(journal).size;
  const bytes = readFileSync(journal);
  store.close();
  for (let size = sizeBefore; size < sizeAfter; size++) {
    writeFileSync(journal, bytes);
    truncateSync(journal, size);
    const reopened = new ObjectStore(dataDir);
    expect(reopened.listBuckets().map(({ name }) => name)).toEqual(['whole']);
    reopened.createBucket('next');
    reopened.close();
  }
});

test('a damaged journal is refused, not half read', () => {
  const store = new ObjectStore(dataDir);
  store.createBucket('whole');
  store.close();
  appendFileSync(join(dataDir, 'journal.jsonl'), '{"type":\n{"type":"bucket","bucket":"b","createdMs":1}\n');
  expect(() => new ObjectStore(dataDir)).toThrow('is damaged at byte');
});
