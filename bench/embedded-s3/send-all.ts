import { connect } from 'node:net';
import type { Load } from './signed-load';

/** Sends so many requests over kept-alive connections, one at a time on each, and reads every body to its end. */
export async function sendAll({ port, requests }: Load, connections: number, total: number): Promise<void> {
  let next = 0;
  const take = () => (next < total ? requests[next++ % requests.length]! : null);
  await Promise.all(Array.from({ length: connections }, () => drive(port, take)));
}

function drive(port: number, take: () => Buffer | null): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let head = '';
    let bodyBytesLeft = 0;
    const sendNext = () => {
      const request = take();
      if (request) socket.write(request);
      else socket.end(resolve);
    };
    socket.on('connect', sendNext).on('error', reject);
    socket.on('data', (data) => {
      if (bodyBytesLeft > 0) bodyBytesLeft -= data.length;
      else {
        head += data.toString('latin1');
        const end = head.indexOf('\r\n\r\n');
        if (end === -1) return;
        if (!head.startsWith('HTTP/1.1 200 ')) {
          socket.destroy(new Error(`the server answered: ${head.slice(0, 400)}`));
          return;
        }
        bodyBytesLeft = Number(/^content-length: (\d+)/im.exec(head)![1]) - (head.length - end - 4);
        head = '';
      }
      if (bodyBytesLeft === 0) sendNext();
    });
  });
}
