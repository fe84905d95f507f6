import { answerOf, startService } from './probe-service';

/** A daemon to be killed: it says its sandbox's process id while the function is in the middle of an event. */
async function main(): Promise<void> {
  let begin = (): void => {};
  const begun = new Promise<void>((resolve) => (begin = resolve));
  const service = startService(undefined, () => begin());
  await service.start();
  const { pid } = answerOf<{ pid: number }>(await service.invoke('probe', '{"act":"where"}'));
  void service.invoke('probe', JSON.stringify({ act: process.argv[2], announce: true }));
  await begun;
  console.log(pid);
}

void main();
