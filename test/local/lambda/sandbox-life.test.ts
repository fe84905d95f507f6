import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { InvokeResult, LambdaService } from '../../../local/lambda/lambda-service';
import { createGate, type Gate } from './gate';
import { answerOf, functionSpec, startService } from './probe-service';

// A daemon is a whole process of its own: on a busy machine its start alone takes seconds.
jest.setTimeout(30_000);

let service: LambdaService;
/** The same function, with room for one event at a time. */
let only: LambdaService;
let gate: Gate;
beforeEach(async () => {
  service = startService();
  only = startService([functionSpec('probe', { reservedConcurrency: 1 })]);
  gate = await createGate();
});
afterEach(async () => {
  await Promise.all([service.close(), only.close(), gate.close()]);
});

test('an abort frees the caller at once; the function runs on, and its sandbox is warm again after', async () => {
  const abort = new AbortController();
  const event = JSON.stringify({ act: 'waitFor', url: gate.url });
  const aborted = only.invoke('probe', event, { signal: abort.signal });
  await gate.arrived(1);
  abort.abort();
  await expect(aborted).rejects.toMatchObject({ name: 'AbortError' });
  await expect(only.invoke('probe', '{}')).rejects.toMatchObject({ type: 'TooManyRequestsException' });
  gate.open();
  let next: InvokeResult | undefined;
  while (next === undefined) {
    await new Promise(setImmediate);
    next = await only.invoke('probe', '{"act":"where"}').catch(() => undefined);
  }
  expect(next.coldStart).toBe(false);
  expect(answerOf(next)).toMatchObject({ invocations: 2 });
});

test('an abort before the start runs nothing', async () => {
  const call = service.invoke('probe', '{"act":"where"}', { signal: AbortSignal.abort() });
  await expect(call).rejects.toMatchObject({ name: 'AbortError' });
  expect(answerOf(await service.invoke('probe', '{"act":"where"}'))).toMatchObject({ invocations: 1 });
});

test('close kills every sandbox, those in the middle of an event too', async () => {
  const { pid } = answerOf<{ pid: number }>(await service.invoke('probe', '{"act":"where"}'));
  const running = service.invoke('probe', JSON.stringify({ act: 'waitFor', url: gate.url }));
  await gate.arrived(1);
  await service.close();
  expect(await running).toMatchObject({ functionError: { errorType: 'Runtime.ExitError' } });
  expect(() => process.kill(pid, 0)).toThrow(/ESRCH/);
  await expect(service.invoke('probe', '{}')).rejects.toMatchObject({ code: 'Lambda.ServiceException' });
});

test.each(['hang', 'spin'])(
  'a sandbox dies with its daemon, even one killed with SIGKILL (%s)',
  async (act) => {
    const daemon = startDaemon(act);
    const pid = await nextPid(daemon);
    expect(process.kill(pid, 0)).toBe(true);
    daemon.kill('SIGKILL');
    while (isAlive(pid)) await new Promise(setImmediate);
  },
);

test('a Ctrl-C reaches the daemon alone: what runs is for it to end', async () => {
  const daemon = startDaemon('interrupt');
  const pid = await nextPid(daemon);
  process.kill(-daemon.pid!, 'SIGINT');
  expect(await nextPid(daemon)).toBe(pid);
  daemon.kill('SIGKILL');
});

/** In a process group of its own, as a shell starts it. */
function startDaemon(act: string): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', join(__dirname, 'daemon.cjs'), act], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
}

async function nextPid(daemon: ChildProcess): Promise<number> {
  const [line] = (await once(daemon.stdout!, 'data')) as [Buffer];
  return Number(line.toString());
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
