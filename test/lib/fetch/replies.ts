import type { Reply } from './scripted-server';

type Headers = Record<string, string | number>;

export const etag = '"0123456789abcdef"';
export const requestId = 'REQUEST0001';

/** A head that promises a body of `length` bytes. */
export function head(status: number, length: number, headers: Headers = {}): string {
  const all: Headers = { 'content-length': length, etag, 'x-amz-request-id': requestId, ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} Status\r\n${lines.join('')}\r\n`;
}

/** The whole object. */
export const whole =
  (body: Buffer, headers: Headers = {}): Reply =>
  (socket) => {
    socket.write(head(200, body.length, headers));
    socket.write(body);
  };

/** What the Range header asks for, as S3 answers it. */
export const asAsked =
  (object: Buffer, headers: Headers = {}): Reply =>
  (socket, request) => {
    const asked = /^bytes=(\d+)-(\d*)$/.exec(request.headers['range'] ?? '');
    if (!asked) return whole(object, headers)(socket, request);
    const from = Number(asked[1]);
    const to = asked[2] === '' ? object.length - 1 : Number(asked[2]);
    const range = { 'content-range': `bytes ${from}-${to}/${object.length}` };
    socket.write(head(206, to - from + 1, { ...range, ...headers }));
    socket.write(object.subarray(from, to + 1));
  };

/** Promises all of the object, gives `bytes` of it and hangs up. */
export const cutAfter =
  (object: Buffer, bytes: number, headers: Headers = {}): Reply =>
  (socket) => {
    socket.write(head(200, object.length, headers));
    socket.end(object.subarray(0, bytes));
  };

/** Gives `bytes` of the object and then says nothing more. */
export const stallAfter =
  (object: Buffer, bytes: number, headers: Headers = {}): Reply =>
  (socket) => {
    socket.write(head(200, object.length, headers));
    socket.write(object.subarray(0, bytes));
  };

/** A byte now and then, for ever. */
export const trickle =
  (promised: number): Reply =>
  (socket) => {
    socket.write(head(200, promised));
    const timer = setInterval(() => socket.write('x'), 10);
    socket.once('close', () => clearInterval(timer));
  };

export const silence: Reply = () => {};
export const reset: Reply = (socket) => void socket.resetAndDestroy();

export const s3Error =
  (status: number, code: string, headers: Headers = {}): Reply =>
  (socket) => {
    const body = `<?xml version="1.0"?><Error><Code>${code}</Code><Message>said by S3</Message></Error>`;
    socket.write(head(status, body.length, { 'content-type': 'application/xml', ...headers }) + body);
  };

/** Waits before it goes on with another reply. */
export const after =
  (delayMs: number, reply: Reply): Reply =>
  (socket, request) =>
    void setTimeout(() => reply(socket, request), delayMs);
