import { Stopped } from './cancellation';
import type { Json } from './json';
import type { Thread } from './thread';

/** A task that took longer than its TimeoutSeconds or HeartbeatSeconds. */
export class TimedOut extends Error {
  override name = 'TimedOut';
  readonly errorName: 'States.Timeout' | 'States.HeartbeatTimeout';

  constructor(errorName: TimedOut['errorName']) {
    super(errorName);
    this.errorName = errorName;
  }
}

interface Limits {
  timeoutSeconds: number | null;
  /** A Lambda function cannot send a heartbeat: this is a second timeout with another name. */
  heartbeatSeconds: number | null;
}

/** Invokes a function; a timeout or a cancellation settles it at once and aborts the signal. */
export async function invokeLambda(
  thread: Thread,
  functionName: string,
  payload: Json,
  limits: Limits,
): Promise<Json> {
  thread.stop.check();
  const controller = new AbortController();
  const { clock } = thread.run;
  return await new Promise<Json>((resolve, reject) => {
    const undo: (() => void)[] = [];
    const settle = () => {
      for (const one of undo) one();
    };
    const giveUp = (error: Error) => {
      settle();
      reject(error);
      controller.abort(error);
    };
    const giveUpAfter = (seconds: number | null, errorName: TimedOut['errorName']) => {
      if (seconds !== null) undo.push(clock.after(seconds * 1000, () => giveUp(new TimedOut(errorName))));
    };
    giveUpAfter(limits.timeoutSeconds, 'States.Timeout');
    giveUpAfter(limits.heartbeatSeconds, 'States.HeartbeatTimeout');
    undo.push(thread.stop.onCancel((reason) => giveUp(new Stopped(reason))));
    call(thread, functionName, payload, controller.signal).then(resolve, reject).finally(settle);
  });
}

/** A function that returns nothing has the payload null. */
async function call(thread: Thread, functionName: string, payload: Json, signal: AbortSignal): Promise<Json> {
  return ((await thread.run.invoke(functionName, payload, signal)) ?? null) as Json;
}
