import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { BenchObject } from './bench-objects';
import type { BenchServer } from './bench-server';
import { makeCertificate } from './certificate';
import { findProgram } from './find-program';
import { freePort } from './free-port';
import { nginxConfig } from './nginx-config';
import { objectListXml } from './object-list-xml';

const startTriesMax = 5;
const readyWithinMs = 10_000;

/** Serves `folder/data`; null where there is no nginx. */
export async function startNginx(folder: string, objects: BenchObject[]): Promise<BenchServer | null> {
  const program = findProgram('nginx');
  if (program === null) return null;
  await writeLists(join(folder, 'lists'), objects);
  const certificate = await makeCertificate(folder);
  // Another process may take a port between the look and nginx's start.
  for (let n = 1; ; n++) {
    const [httpPort, httpsPort] = [await freePort(), await freePort()];
    const user = userInfo().username;
    const config = nginxConfig({ folder, user, httpPort, httpsPort, certificate, objects });
    await writeFile(join(folder, 'nginx.conf'), config);
    const child = spawn(program, ['-p', folder, '-c', join(folder, 'nginx.conf')], { stdio: 'ignore' });
    if (await ready(child, httpPort))
      return {
        name: 'nginx',
        credentials: { accessKeyId: 'local', secretAccessKey: 'local-secret' },
        region: 'us-east-1',
        endpoints: {
          http: `http://127.0.0.1:${httpPort}`,
          https: certificate && `https://127.0.0.1:${httpsPort}`,
        },
        caFile: certificate?.certFile ?? null,
        bucketOf: (checksum) => `bench-${checksum}`,
        checksums: ['none', 'crc64nvme'],
        checksSignatures: false,
        stop: () => stop(child),
      };
    await stop(child);
    if (n >= startTriesMax) throw new Error(`nginx does not start:\n${await errorLog(folder)}`);
  }
}

async function writeLists(folder: string, objects: BenchObject[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const name of new Set(objects.map(({ key }) => dirname(key)))) {
    const members = objects.filter(({ key }) => dirname(key) === name);
    await writeFile(join(folder, `${name}.xml`), objectListXml('bench', members));
  }
}

async function ready(child: ChildProcess, port: number): Promise<boolean> {
  child.once('error', () => {});
  const giveUpMs = performance.now() + readyWithinMs;
  while (!hasEnded(child) && performance.now() < giveUpMs) {
    if (await answers(port)) return !hasEnded(child);
    await wait(20);
  }
  return false;
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}

function hasEnded({ pid, exitCode, signalCode }: ChildProcess): boolean {
  return pid === undefined || exitCode !== null || signalCode !== null;
}

async function errorLog(folder: string): Promise<string> {
  return readFile(join(folder, 'error.log'), 'utf8').catch(() => '(it wrote no error log)');
}
