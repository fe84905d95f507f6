import { once } from 'node:events';
import net, { type Socket } from 'node:net';
import { Worker } from 'node:worker_threads';

export interface DeadFrontEnd {
  address: string;
  close(): Promise<void>;
}

const code = `
const { parentPort, workerData } = require('node:worker_threads');
const server = require('node:net').createServer();
server.listen({ host: workerData.address, port: workerData.port, backlog: 1 }, () => {
  parentPort.postMessage('listening');
  Atomics.wait(new Int32Array(workerData.gate), 0, 0);
  server.close();
});
`;

/**
 * An address that answers no SYN, without any privilege: nobody accepts there and the queue for it is full,
 * so that the kernel drops what comes (Linux; all of 127.0.0.0/8 is this machine).
 */
export async function startDeadFrontEnd(address: string, port: number): Promise<DeadFrontEnd> {
  const gate = new SharedArrayBuffer(4);
  const worker = new Worker(code, { eval: true, workerData: { address, port, gate } });
  await once(worker, 'message');
  // A backlog of 1 holds two connections.
  const fillers: Socket[] = [net.connect(port, address), net.connect(port, address)];
  await Promise.all(fillers.map((socket) => once(socket, 'connect')));
  return {
    address,
    close: async () => {
      for (const socket of fillers) socket.destroy();
      Atomics.store(new Int32Array(gate), 0, 1);
      Atomics.notify(new Int32Array(gate), 0);
      await worker.terminate();
    },
  };
}
