import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LambdaService } from '../../../local/lambda/lambda-service';
import { answerOf, functionSpec, startService } from './probe-service';

let service: LambdaService;
afterEach(() => service.close());

test('a thrown error has its name, its message and its trace', async () => {
  service = startService();
  const event = { act: 'throw', name: 'RequestError', message: 'no such bucket' };
  const result = await service.invoke('probe', JSON.stringify(event));
  expect(result.functionError).toMatchObject({ errorType: 'RequestError', errorMessage: 'no such bucket' });
  expect(result.functionError?.trace?.join('\n')).toContain('index.mjs');
  expect(answerOf(result)).toEqual(result.functionError);
  const next = await service.invoke('probe', '{"act":"where"}');
  expect(next).toMatchObject({ coldStart: false, sandbox: result.sandbox });
});

test('a thrown text is an error of type string', async () => {
  service = startService();
  const result = await service.invoke('probe', '{"act":"throwText","message":"plain"}');
  expect(result.functionError).toEqual({ errorType: 'string', errorMessage: 'plain', trace: [] });
});

test.each([
  {
    event: { act: 'exit', code: 3 },
    type: 'Runtime.ExitError',
    says: /Runtime exited with error: exit status 3$/,
  },
  {
    event: { act: 'exit', code: 0 },
    type: 'Runtime.ExitError',
    says: /Runtime exited without providing a reason$/,
  },
  { event: { act: 'crash' }, type: 'SyntaxError', says: /JSON/ },
  { event: { act: 'never' }, type: 'Runtime.NodeJsExit', says: /never settled/ },
  { event: { act: 'bytes', count: 7_000_000 }, type: 'Function.ResponseSizeTooLarge', says: /6291556 bytes/ },
])('$event.act $event.code is $type', async ({ event, type, says }) => {
  service = startService();
  const result = await service.invoke('probe', JSON.stringify(event));
  expect(result.functionError).toMatchObject({ errorType: type, errorMessage: expect.stringMatching(says) });
  expect(answerOf(await service.invoke('probe', '{"act":"echo","value":"still there"}'))).toBe('still there');
});

test.each(['hang', 'spin'])(
  'a function that takes too long (%s) is killed, and its sandbox is gone',
  async (act) => {
    service = startService([functionSpec('probe', { timeoutSeconds: 0.3 })]);
    const { pid } = answerOf<{ pid: number }>(await service.invoke('probe', '{"act":"where"}'));
    const result = await service.invoke('probe', JSON.stringify({ act }));
    expect(result.functionError).toEqual({
      errorType: 'Sandbox.Timedout',
      errorMessage: `RequestId: ${result.requestId} Error: Task timed out after 0.30 seconds`,
    });
    expect(result.coldStart).toBe(false);
    expect(() => process.kill(pid, 0)).toThrow(/ESRCH/);
    expect((await service.invoke('probe', '{"act":"where"}')).coldStart).toBe(true);
  },
);

test.each([
  { folder: 'broken-init', type: 'RangeError', says: /^no such setting$/ },
  {
    folder: 'no-handler',
    type: 'Runtime.HandlerNotFound',
    says: /index.handler is undefined or not exported/,
  },
  { folder: 'callback', type: 'Runtime.CallbackHandlerDeprecated', says: /return a promise/ },
  { folder: '.', type: 'Runtime.ImportModuleError', says: /Cannot find module 'index'/ },
])('an init that fails in $folder is $type', async ({ folder, type, says }) => {
  service = startService([functionSpec(folder, { name: 'failing' })]);
  const result = await service.invoke('failing', '{}');
  expect(result).toMatchObject({ coldStart: true, durationMs: 0 });
  expect(result.functionError).toMatchObject({ errorType: type, errorMessage: expect.stringMatching(says) });
});

test.each([
  { code: "exports.handler = async () => '", type: 'Runtime.UserCodeSyntaxError', says: /SyntaxError/ },
  { code: "require('./not-there')", type: 'Runtime.ImportModuleError', says: /not-there/ },
])('a bundle that says $code is $type', async ({ code, type, says }) => {
  const codeDir = await mkdtemp(join(tmpdir(), 'bundle-'));
  await writeFile(join(codeDir, 'index.js'), code);
  service = startService([functionSpec('written', { codeDir })]);
  const result = await service.invoke('written', '{}');
  await rm(codeDir, { recursive: true });
  expect(result.functionError).toMatchObject({ errorType: type, errorMessage: expect.stringMatching(says) });
});

test('a payload that Lambda does not take is refused before anything runs', async () => {
  service = startService();
  await expect(service.invoke('probe', 'no JSON')).rejects.toMatchObject({
    type: 'InvalidRequestContentException',
  });
  const large = JSON.stringify({ act: 'echo', value: 'x'.repeat(6 * 1024 * 1024) });
  await expect(service.invoke('probe', large)).rejects.toMatchObject({
    type: 'RequestTooLargeException',
    status: 413,
  });
  await expect(service.invoke('other', '{}')).rejects.toMatchObject({ type: 'ResourceNotFoundException' });
});
