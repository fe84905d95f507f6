import type { Recorder } from '../local/states/asl/history-event';
import { Cancellation } from '../local/states/asl/cancellation';
import { systemClock } from '../local/states/asl/clock';
import { compileMachine } from '../local/states/asl/compile-machine';
import { datum } from '../local/states/asl/datum';
import { runStates } from '../local/states/asl/run-states';
import { startOf } from '../local/states/asl/state';
import { Thread } from '../local/states/asl/thread';

export interface InterpreterCost {
  items: number;
  concurrency: number;
  cpuMicrosPerItem: { withHistory: number; withoutHistory: number };
}

/** The item is a record of an object's index and key, as the project's own machine hands it on. */
const definition = JSON.stringify({
  StartAt: 'Items',
  States: {
    Items: {
      Type: 'Map',
      ItemsPath: '$.indexes',
      ItemSelector: { 'runId.$': '$.runId', 'index.$': '$$.Map.Item.Value' },
      MaxConcurrency: 40,
      ItemProcessor: {
        StartAt: 'Fetch',
        States: {
          Fetch: {
            Type: 'Task',
            Resource: 'arn:aws:states:::lambda:invoke',
            Parameters: {
              FunctionName: 'fetch',
              Payload: { 'runId.$': '$.runId', 'index.$': '$.index', 'retryCount.$': '$$.State.RetryCount' },
            },
            OutputPath: '$.Payload',
            TimeoutSeconds: 960,
            Retry: [{ ErrorEquals: ['States.ALL'], JitterStrategy: 'FULL' }],
            End: true,
          },
        },
      },
      ResultPath: null,
      End: true,
    },
  },
});

/** CPU time that the interpreter adds to an item of an inline Map, with an invoker that answers at once. */
export async function benchInterpreter(items = 10_000): Promise<InterpreterCost> {
  await mapOver(items, true);
  await mapOver(items, false);
  const withHistory = await median(() => mapOver(items, true));
  const withoutHistory = await median(() => mapOver(items, false));
  return { items, concurrency: 40, cpuMicrosPerItem: { withHistory, withoutHistory } };
}

async function median(measure: () => Promise<number>): Promise<number> {
  const values: number[] = [];
  for (let run = 0; run < 5; run++) values.push(await measure());
  return values.sort((a, b) => a - b)[2]!;
}

/** Not through the service: its 25,000 events end a STANDARD execution at some 3,500 items. */
async function mapOver(items: number, history: boolean): Promise<number> {
  const { block } = compileMachine(definition);
  const events: unknown[] = [];
  let lastId = 0;
  const keep: Recorder = (type, previousEventId, details) => {
    const id = events.length + 1;
    events.push({ id, previousEventId, type, timestampMs: Date.now(), details });
    return id;
  };
  const run = {
    invoke: () => Promise.resolve({ fetched: 1, failed: 0 }),
    clock: systemClock,
    record: history ? keep : () => ++lastId,
    region: 'us-east-1',
    execution: {},
    stateMachine: {},
  };
  const input = { runId: 'bench', indexes: Array.from({ length: items }, (_, i) => i) };
  const position = startOf(block, datum(input, 'The bench'));
  const before = process.cpuUsage();
  await runStates(block, new Thread(run, new Cancellation(), 0), position);
  const { user, system } = process.cpuUsage(before);
  if (history && events.length !== items * 7 + 4) throw new Error(`${events.length} events were recorded`);
  return (user + system) / items;
}

if (require.main === module)
  benchInterpreter().then(
    (cost) => console.log(JSON.stringify(cost)),
    (error: unknown) => {
      console.error(error);
      process.exitCode = 1;
    },
  );
