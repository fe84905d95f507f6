// A function that does as its event says, so that a test can see what a sandbox gives and takes.
let invocations = 0;
let running = 0;

const acts = {
  echo: ({ value }) => value,
  nothing: () => undefined,
  where: () => ({ pid: process.pid, invocations }),
  environment: () => ({ ...process.env }),
  context: (_event, context) => ({ ...context, remainingMs: context.getRemainingTimeInMillis() }),
  throw: ({ name, message }) => {
    throw Object.assign(new Error(message), { name });
  },
  throwText: ({ message }) => {
    throw message;
  },
  exit: ({ code }) => process.exit(code),
  crash: () => new Promise(() => setImmediate(() => JSON.parse('{'))),
  never: () => new Promise(() => {}),
  hang: () => new Promise(() => setInterval(() => {}, 1000)),
  spin: () => {
    for (;;);
  },
  bytes: ({ count }) => 'x'.repeat(count),
  lines: ({ lines, unfinished }) => {
    for (const line of lines) console.log(line);
    console.error('to stderr');
    process.stdout.write(unfinished ?? '');
  },
  waitFor: async ({ url }) => (await fetch(url)).text(),
};

export async function handler(event, context) {
  invocations += 1;
  running += 1;
  if (running > 1) throw new Error('two events at once in one sandbox');
  try {
    if (event.announce) console.log('begun');
    return await acts[event.act](event, context);
  } finally {
    running -= 1;
  }
}
