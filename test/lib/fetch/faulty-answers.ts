import type { Socket } from 'node:net';
import { etag } from './replies';
import type { Reply } from './scripted-server';

/** What S3 would answer. */
export interface RightAnswer {
  status: number;
  headers: Record<string, string | number>;
  bytes: Buffer;
}

/** Gives an answer in a way of its own, mostly a wrong one. */
export type Manner = (socket: Socket, answer: RightAnswer) => void;

/** Answers for an object as S3 would: whole or the range that is asked for; HEAD without a body. */
export function objectReply(
  object: Buffer,
  manner: Manner = properly,
  headers: RightAnswer['headers'] = {},
): Reply {
  return (socket, { line, headers: asked }) => {
    const range = /^bytes=(\d+)-(\d*)$/.exec(asked['range'] ?? '');
    const from = range ? Number(range[1]) : 0;
    const to = range?.[2] ? Number(range[2]) : object.length - 1;
    const bytes = object.subarray(from, to + 1);
    const place = range && { 'content-range': `bytes ${from}-${to}/${object.length}` };
    const all = { etag, 'content-length': bytes.length, ...place, ...headers };
    const answer = { status: range ? 206 : 200, headers: all, bytes };
    if (line.startsWith('HEAD ')) socket.write(headOf(answer));
    else manner(socket, answer);
  };
}

export function headOf({ status, headers }: Pick<RightAnswer, 'status' | 'headers'>): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} Status\r\n${lines.join('')}\r\n`;
}

export const properly: Manner = (socket, answer) => {
  socket.write(headOf(answer));
  socket.write(answer.bytes);
};

/** With other headers, or without those that are null. */
export const withHeaders =
  (change: Record<string, string | number | null>, manner: Manner = properly): Manner =>
  (socket, { headers, ...answer }) => {
    const all = Object.entries({ ...headers, ...change }).filter(([, value]) => value !== null);
    manner(socket, { ...answer, headers: Object.fromEntries(all) as RightAnswer['headers'] });
  };

/** The head and half of the body, then whatever comes next. */
export const halfThen =
  (next: (socket: Socket) => void): Manner =>
  (socket, answer) => {
    socket.write(headOf(answer));
    socket.write(answer.bytes.subarray(0, answer.bytes.length / 2), () => next(socket));
  };

export const flipped: Manner = (socket, answer) => {
  const bytes = Buffer.from(answer.bytes);
  bytes[bytes.length >> 1]! ^= 1;
  properly(socket, { ...answer, bytes });
};
