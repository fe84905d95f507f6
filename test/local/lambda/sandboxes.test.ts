import type { LambdaService } from '../../../local/lambda/lambda-service';
import { createGate } from './gate';
import { answerOf, functionSpec, startService } from './probe-service';

let service: LambdaService;
afterEach(() => service.close());

test('a first event starts a sandbox with a measured init, the next one finds it warm', async () => {
  service = startService();
  const first = await service.invoke('probe', '{"act":"where"}');
  const second = await service.invoke('probe', '{"act":"where"}');
  expect(first).toMatchObject({ coldStart: true, initMs: expect.any(Number) });
  expect(first.initMs).toBeGreaterThan(0);
  expect(second).toMatchObject({ coldStart: false, initMs: null, sandbox: first.sandbox });
  expect(answerOf(first)).toMatchObject({ invocations: 1 });
  expect(answerOf(second)).toMatchObject({ invocations: 2 });
  expect(first.requestId).not.toBe(second.requestId);
});

test('events at once get a sandbox each, and the sandbox used last is used first again', async () => {
  service = startService();
  const gate = await createGate();
  const waiting = [1, 2, 3].map(() =>
    service.invoke('probe', JSON.stringify({ act: 'waitFor', url: gate.url })),
  );
  await gate.arrived(3);
  gate.open();
  const results = await Promise.all(waiting);
  expect(new Set(results.map((it) => it.sandbox)).size).toBe(3);
  const next = await service.invoke('probe', '{"act":"where"}');
  const again = await service.invoke('probe', '{"act":"where"}');
  expect(results.map((it) => it.sandbox)).toContain(next.sandbox);
  expect(again.sandbox).toBe(next.sandbox);
  await gate.close();
});

test('reserved concurrency refuses the event that is one too many, and takes the next when there is room', async () => {
  service = startService([functionSpec('probe', { reservedConcurrency: 1 })]);
  const gate = await createGate();
  const running = service.invoke('probe', JSON.stringify({ act: 'waitFor', url: gate.url }));
  await gate.arrived(1);
  await expect(service.invoke('probe', '{}')).rejects.toMatchObject({
    code: 'Lambda.TooManyRequestsException',
    status: 429,
    reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
  });
  gate.open();
  await running;
  expect((await service.invoke('probe', '{"act":"where"}')).coldStart).toBe(false);
  await gate.close();
});

test('what others reserve is not there for a function that reserves nothing', async () => {
  service = startService([
    functionSpec('probe'),
    functionSpec('probe', { name: 'greedy', reservedConcurrency: 1000 }),
  ]);
  await expect(service.invoke('probe', '{}')).rejects.toMatchObject({
    code: 'Lambda.TooManyRequestsException',
    reason: 'ConcurrentInvocationLimitExceeded',
  });
});

test("the environment is Lambda's and the function's own, and nothing of the daemon's", async () => {
  process.env['DAEMON_SECRET'] = 'must not be seen';
  service = startService([functionSpec('probe', { environment: { MINE: 'yes', AWS_REGION: 'not-for-me' } })]);
  const environment = answerOf<Record<string, string>>(
    await service.invoke('probe', '{"act":"environment"}'),
  );
  delete process.env['DAEMON_SECRET'];
  expect(environment).toMatchObject({
    MINE: 'yes',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_REGION: 'us-east-1',
    AWS_LAMBDA_FUNCTION_NAME: 'probe',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/probe',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    TZ: ':UTC',
  });
  const own = Object.keys(environment).filter((name) => !/^(AWS_|LAMBDA_|_HANDLER|_X_AMZN)/.test(name));
  expect(own.sort()).toEqual(['LANG', 'MINE', 'PATH', 'TZ']);
});

test('the context says which invocation of which function this is, and what time is left', async () => {
  service = startService();
  const result = await service.invoke('probe', '{"act":"context"}');
  const context = answerOf<Record<string, unknown>>(result);
  expect(context).toMatchObject({
    awsRequestId: result.requestId,
    functionName: 'probe',
    functionVersion: '$LATEST',
    invokedFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:probe',
    memoryLimitInMB: '256',
    logGroupName: '/aws/lambda/probe',
    logStreamName: result.sandbox,
  });
  expect(context['remainingMs']).toBeGreaterThan(0);
  expect(context['remainingMs']).toBeLessThanOrEqual(30_000);
});

test('a CommonJS bundle and a nested export work as an ES module does', async () => {
  service = startService([functionSpec('commonjs', { handler: 'index.app.handler' })]);
  expect(answerOf(await service.invoke('commonjs', '{"a":1}'))).toEqual({ commonjs: true, event: { a: 1 } });
});

test('any JSON goes in and comes out as it is; no answer is null', async () => {
  service = startService();
  const value = { text: 'ключ \u{1F600} "\\ \u2028', deep: [[[null]]], ['__proto__']: 1, number: -1.5e-9 };
  expect(answerOf(await service.invoke('probe', JSON.stringify({ act: 'echo', value })))).toEqual(value);
  expect((await service.invoke('probe', '{"act":"nothing"}')).payload.toString()).toBe('null');
});

test('a function whose folder is not there is refused at the start, by name', async () => {
  service = startService([functionSpec('nowhere')]);
  await expect(service.start()).rejects.toThrow(/function nowhere: no folder with its code/);
});
