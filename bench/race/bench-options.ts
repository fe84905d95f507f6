import { parseArgs } from 'node:util';
import { clientNames } from '../clients/client-list';
import { type Scheme, schemes } from './client-task';
import { quickWorkloads, type Workload, workloads } from './workloads';

export interface BenchOptions {
  quick: boolean;
  workloads: Workload[];
  clients: string[];
  schemes: Scheme[];
  /** Rounds, each with every client once. */
  runs: number;
  /** Where the results go. */
  out: string;
  /** Also what stalls do to the slowest objects. */
  tail: boolean;
}

export const usage = `npm run bench -- [--quick] [--workload W1,W3,tail] [--client direct,sdk] [--scheme http,https] [--runs N] [--out FILE]
--quick   small counts, once: shows that everything runs, measures nothing
clients:  ${clientNames.join(', ')}`;

/** Throws a plain Error that says what is wrong. */
export function benchOptions(args: string[], defaultOut: string): BenchOptions {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      workload: { type: 'string' },
      client: { type: 'string' },
      scheme: { type: 'string' },
      runs: { type: 'string' },
      out: { type: 'string', default: defaultOut },
    },
  });
  const { quick, workload, client, scheme, runs, out } = values;
  const known = quick ? quickWorkloads : workloads;
  const names = chosen('workload', workload, [...known.map(({ name }) => name), 'tail']);
  return {
    quick,
    workloads: known.filter(({ name }) => names.includes(name)),
    clients: chosen('client', client, clientNames),
    schemes: chosen('scheme', scheme, schemes),
    runs: runs === undefined ? (quick ? 1 : 5) : count(runs),
    out,
    tail: names.includes('tail'),
  };
}

function chosen<T extends string>(option: string, list: string | undefined, known: readonly T[]): T[] {
  if (list === undefined) return [...known];
  const names = list.split(',').map((name) => name.trim());
  const strange = names.find((name) => !known.some((one) => one === name));
  if (strange !== undefined)
    throw new Error(`--${option}: there is no ${JSON.stringify(strange)}, only ${known.join(', ')}`);
  return known.filter((name) => names.includes(name));
}

function count(text: string): number {
  if (!/^[1-9]\d{0,2}$/.test(text)) throw new Error('--runs: write a number from 1 to 999');
  return Number(text);
}
