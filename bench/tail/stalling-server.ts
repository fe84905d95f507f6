import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { seededRandom } from '../../lib/run/random';
import type { StallPlace } from './tail-task';

interface Settings {
  place: StallPlace;
  sizeBytes: number;
  stallMs: number;
  seed: number;
}

const baseMs = { from: 5, to: 15 };

const { place, sizeBytes, stallMs, seed } = JSON.parse(process.argv[2]!) as Settings;
const random = seededRandom(seed);
const body = Buffer.alloc(sizeBytes, 'x');
let requests = 0;
let stalledInHundred = 0;

/** Answers after 5 to 15 ms, and lets one request of each hundred wait much longer. Its parent may ask for the count. */
const server = createServer((_request, response) => {
  // A hundred and its one are drawn anew, so that no client can meet more than its share.
  if (requests % 100 === 0) stalledInHundred = Math.floor(random() * 100);
  const stalls = requests++ % 100 === stalledInHundred;
  void answer(response, stalls, baseMs.from + random() * (baseMs.to - baseMs.from));
});

async function answer(response: ServerResponse, stalls: boolean, delayMs: number): Promise<void> {
  await wait(delayMs + (stalls && place === 'headers' ? stallMs : 0));
  response.writeHead(200, { 'content-length': sizeBytes, etag: '"tail"' });
  const half = sizeBytes >> 1;
  response.write(body.subarray(0, half));
  if (stalls && place === 'body') await wait(stallMs);
  response.end(body.subarray(half));
}

server.listen(0, '127.0.0.1', () => process.send!((server.address() as AddressInfo).port));
process.on('message', () => process.send!(requests));
process.on('disconnect', () => process.exit());
