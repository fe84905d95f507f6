import { renderStateMachine } from '../../../lib/machine/state-machine';
import { historyEventsOf } from '../../../lib/run/history-events';
import type { Request } from '../../../lib/run/request-fields';
import { strategies } from '../../../lib/run/strategies';
import { plannedRun } from '../summary/made-up-run';
import { runMachine } from '../../local/states/run-machine';

const definition = JSON.parse(
  renderStateMachine({ Partition: 'aws', PlanFunction: 'plan', SummarizeFunction: 'summarize' }),
) as object;

test.each<[string, Request, number]>([
  ['one variant', { strategies: ['sequential'], num: 1, warmup: 0 }, 1],
  ['a map', { strategies: ['map'], num: 2, warmup: 1 }, 4],
  ['a race', { strategies: ['sequential', 'concurrent', 'map'], num: 2, warmup: 1 }, 3],
])('the plan knows how long the history of %s will be', async (_, request, count) => {
  const { plan, objects } = plannedRun(request, count);
  const planned = {
    runId: 'r1',
    indexes: objects.map(({ index }) => index),
    trials: plan.trials.map(({ id, variant }) => {
      const { strategy, concurrency } = plan.variants.find((one) => one.id === variant)!;
      return { id, spread: strategies[strategy].spread, function: 'fetch', concurrency };
    }),
  };
  const { status, events } = await runMachine(definition, {}, async (name) =>
    name === 'plan' ? planned : { fetched: 1, failed: 0 },
  );
  expect(status).toBe('SUCCEEDED');
  expect(historyEventsOf(plan.variants, plan.trials, objects.length)).toBe(events.length);
});
