import * as fc from 'fast-check';
import type { SandboxLogLine } from '../../../local/lambda/lambda-service';
import { LogLines } from '../../../local/lambda/log-lines';
import { LogTail } from '../../../local/lambda/log-tail';
import { startService } from './probe-service';

test('lines come with their function, sandbox and request; the answer waits for the last of them', async () => {
  const seen: SandboxLogLine[] = [];
  const service = startService(undefined, (line) => seen.push(line));
  const lines = Array.from({ length: 2000 }, (_, index) => `line ${index} ${'x'.repeat(100)}`);
  const event = { act: 'lines', lines, unfinished: 'no newline' };
  const first = await service.invoke('probe', JSON.stringify(event));
  const second = await service.invoke('probe', JSON.stringify({ act: 'lines', lines: ['second'] }));
  await service.close();
  const ofFirst = seen.filter((it) => it.requestId === first.requestId).map((it) => it.line);
  const ofSecond = seen.filter((it) => it.requestId === second.requestId).map((it) => it.line);
  expect(ofFirst.filter((line) => line !== 'to stderr')).toEqual([...lines, 'no newline']);
  expect(ofSecond.sort()).toEqual(['second', 'to stderr']);
  expect(new Set(seen.map((it) => `${it.functionName} ${it.sandbox}`))).toEqual(
    new Set([`probe ${first.sandbox}`]),
  );
});

test('lines do not depend on how the bytes were cut', () => {
  const text = fc.array(
    fc.string({ unit: 'binary' }).map((it) => it.replaceAll(/[\r\n]/g, '')),
    { minLength: 1 },
  );
  fc.assert(
    fc.property(text, fc.array(fc.nat(40)), (lines, cuts) => {
      const bytes = Buffer.from(`${lines.join('\n')}\n`);
      const seen: string[] = [];
      const split = new LogLines((line) => seen.push(line));
      let at = 0;
      for (const length of cuts) split.push(bytes.subarray(at, (at += length)));
      split.push(bytes.subarray(at));
      split.flush();
      expect(seen).toEqual(Buffer.from(lines.join('\n')).toString().split('\n'));
    }),
  );
});

test('a line without an end is handed on in pieces, not kept for ever', () => {
  const seen: string[] = [];
  const split = new LogLines((line) => seen.push(line));
  for (let n = 0; n < 10; n += 1) split.push(Buffer.alloc(100_000, 'x'));
  split.flush();
  expect(seen.length).toBeGreaterThan(1);
  expect(seen.join('')).toBe('x'.repeat(1_000_000));
});

test('a tail is the end of the log, 4 KiB at most', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 3000 }), { minLength: 1 }), (lines) => {
      const tail = new LogTail();
      for (const line of lines) tail.add(line);
      const all = Buffer.from(`${lines.join('\n')}\n`);
      const expected = all.subarray(Math.max(0, all.length - 4096)).toString();
      expect(tail.text()).toBe(expected);
    }),
  );
});
