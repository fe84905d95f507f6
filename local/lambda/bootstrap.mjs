// The runtime inside a sandbox: loads the handler, then asks the Runtime API for one event after the other.
// Plain JavaScript without dependencies, so that a cold start measures the function and not its host.
import { existsSync, readFileSync } from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import net from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const environment = process.env;
const [host, port] = environment.AWS_LAMBDA_RUNTIME_API.split(':');
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
let requestId = null;

dieWithDaemon();
let handler;
try {
  handler = await loadHandler(environment.LAMBDA_TASK_ROOT, environment['_HANDLER']);
} catch (error) {
  await post('init/error', errorBody(error));
  process.exit(1);
}
process.on('uncaughtException', (error) => void giveUp(error, 129));
process.on('unhandledRejection', (reason) => {
  void giveUp(named('Runtime.UnhandledPromiseRejection', String(reason), reason), 128);
});
process.on('beforeExit', () => {
  const message = 'The event loop is empty, but the handler has not answered: a Promise was never settled';
  void giveUp(named('Runtime.NodeJsExit', message), 13);
});
for (;;) await serveOne();

async function serveOne() {
  const { headers, body } = await call('GET', 'invocation/next');
  requestId = headers['lambda-runtime-aws-request-id'];
  environment['_X_AMZN_TRACE_ID'] = headers['lambda-runtime-trace-id'];
  let answer;
  try {
    const result = await handler(JSON.parse(body), contextOf(headers));
    answer = ['response', serialized(result)];
  } catch (error) {
    answer = ['error', errorBody(error)];
  }
  const [kind, text] = answer;
  const answered = requestId;
  requestId = null;
  await post(`invocation/${answered}/${kind}`, text);
  // What was logged belongs to this invocation: the next one must not start before it is out.
  await written(process.stdout);
  await written(process.stderr);
}

function written(stream) {
  return stream.writableLength === 0 ? null : new Promise((resolve) => stream.write('', resolve));
}

function contextOf(headers) {
  const deadlineMs = Number(headers['lambda-runtime-deadline-ms']);
  return {
    callbackWaitsForEmptyEventLoop: false,
    functionName: environment.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: environment.AWS_LAMBDA_FUNCTION_VERSION,
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    memoryLimitInMB: environment.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    awsRequestId: headers['lambda-runtime-aws-request-id'],
    logGroupName: environment.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: environment.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: undefined,
    identity: undefined,
    getRemainingTimeInMillis: () => Math.max(0, deadlineMs - Date.now()),
  };
}

async function loadHandler(root, name) {
  const [, module, path] = /^(.*?)\.([^/]+)$/.exec(name) ?? [];
  if (path === undefined) throw named('Runtime.MalformedHandlerName', `Bad handler: ${name}`);
  const file = ['.js', '.mjs', '.cjs'].map((end) => join(root, module + end)).find((it) => existsSync(it));
  if (file === undefined) throw named('Runtime.ImportModuleError', `Error: Cannot find module '${module}'`);
  const exported = await load(file, root);
  const found = path.split('.').reduce((value, key) => value?.[key], exported);
  if (typeof found !== 'function') {
    throw named('Runtime.HandlerNotFound', `${name} is undefined or not exported`);
  }
  if (found.length > 2) {
    // Node 24's runtime has no callbacks any more; a handler that waits for one would hang.
    throw named('Runtime.CallbackHandlerDeprecated', `${name} takes a callback: return a promise instead`);
  }
  return found;
}

async function load(file, root) {
  try {
    return isModule(file, root) ? await import(pathToFileURL(file).href) : createRequire(file)(file);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (error instanceof SyntaxError) throw named('Runtime.UserCodeSyntaxError', `${error}`, error);
    const missing = error.code === 'MODULE_NOT_FOUND' || error.code === 'ERR_MODULE_NOT_FOUND';
    throw missing ? named('Runtime.ImportModuleError', `${error}`, error) : error;
  }
}

function isModule(file, root) {
  if (!file.endsWith('.js')) return file.endsWith('.mjs');
  const manifest = join(root, 'package.json');
  return existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).type === 'module';
}

function serialized(result) {
  try {
    return JSON.stringify(result === undefined ? null : result) ?? 'null';
  } catch {
    throw new Error('Unable to stringify response body');
  }
}

function errorBody(error) {
  if (!(error instanceof Error)) {
    return JSON.stringify({ errorType: typeof error, errorMessage: String(error), trace: [] });
  }
  const trace = (error.stack ?? '').split('\n');
  return JSON.stringify({ errorType: error.name, errorMessage: error.message, trace });
}

function named(name, message, cause) {
  const error = new Error(message, cause === undefined ? undefined : { cause });
  error.name = name;
  if (cause instanceof Error && cause.stack) error.stack = cause.stack;
  return error;
}

async function giveUp(error, exitCode) {
  const failed = requestId;
  requestId = null;
  if (failed === null) process.exit(exitCode);
  console.error(error);
  try {
    await post(`invocation/${failed}/error`, errorBody(error));
  } finally {
    process.exit(exitCode);
  }
}

function post(path, body) {
  return call('POST', path, body);
}

function call(method, path, body) {
  return new Promise((resolve, reject) => {
    const headers = body === undefined ? {} : { 'Content-Length': Buffer.byteLength(body) };
    const options = { agent, host, port, method, path: `/2018-06-01/runtime/${path}`, headers };
    const request = http.request(options, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ headers: response.headers, body: Buffer.concat(chunks).toString() }),
      );
      response.on('error', reject);
    });
    request.on('error', reject);
    request.end(body);
  });
}

// The daemon holds the other end of descriptor 3: it closes however the daemon dies, SIGKILL included.
function dieWithDaemon() {
  const lifeline = new net.Socket({ fd: 3, readable: true, writable: false });
  for (const event of ['end', 'error', 'close']) lifeline.on(event, () => process.exit(1));
  lifeline.resume();
  lifeline.unref();
}
