// A daemon to be killed or interrupted: it says its sandbox's process id once the function is in the middle of an event.
const { startService } = require('./probe-service.ts');

let begin;
const begun = new Promise((resolve) => {
  begin = resolve;
});
const service = startService(undefined, () => begin());

async function main(act) {
  await service.start();
  const pid = await where();
  if (act === 'interrupt') {
    process.on('SIGINT', () => void where().then((it) => console.log(it)));
  } else {
    void service.invoke('probe', JSON.stringify({ act, announce: true }));
    await begun;
  }
  console.log(pid);
}

async function where() {
  const { payload } = await service.invoke('probe', '{"act":"where"}');
  return JSON.parse(payload.toString()).pid;
}

void main(process.argv[2]);
