import { compileFilter, outputDatum } from './data-flow';
import type { Fields } from './fields';
import type { Json } from './json';
import { compilePath } from './path';
import { compileSeconds } from './seconds';
import { simpleState } from './simple-state';
import type { State } from './state';
import { runtimeError } from './state-error';
import { timestampMs } from './timestamp';
import { compileTransition } from './transition';

export function compileWait(name: string, fields: Fields): State {
  const inputFilter = compileFilter(fields, 'InputPath');
  const outputFilter = compileFilter(fields, 'OutputPath');
  const next = compileTransition(fields);
  const delayOf = compileDelay(fields);
  return simpleState({
    name,
    type: 'Wait',
    targets: next === null ? [] : [next],
    async step(thread, { input: raw }, context) {
      const input = inputFilter === null ? raw.value : inputFilter(raw.value, context);
      await thread.sleep(delayOf(input, context, thread.run.clock.nowMs()));
      const output = outputFilter === null ? input : outputFilter(input, context);
      return { next, output: outputDatum(raw, output) };
    },
  });
}

type Delay = (input: Json, context: Json, nowMs: number) => number;

function compileDelay(fields: Fields): Delay {
  const given = ['Seconds', 'SecondsPath', 'Timestamp', 'TimestampPath'].filter((name) => fields.has(name));
  if (given.length !== 1)
    fields.refuse('Seconds', 'exactly one of Seconds, Timestamp and their paths is needed');
  const seconds = compileSeconds(fields, 'Seconds', 0);
  if (seconds !== null) return (input, context) => seconds(input, context) * 1000;
  return compileUntil(fields);
}

function compileUntil(fields: Fields): Delay {
  const fixed = fields.string('Timestamp');
  if (fixed !== undefined) {
    const endMs = timestampMs(fixed) ?? fields.refuse('Timestamp', 'must be a timestamp of RFC 3339');
    return (_input, _context, nowMs) => Math.max(0, endMs - nowMs);
  }
  const path = compilePath(fields.neededString('TimestampPath'), fields.place('TimestampPath'));
  return (input, context, nowMs) => {
    const endMs = timestampMs(path.read(input, context));
    if (endMs === null) throw runtimeError(`The path '${path.text}' must name a timestamp of RFC 3339.`);
    return Math.max(0, endMs - nowMs);
  };
}
