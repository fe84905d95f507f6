import type { HistoryEvent, HistoryEventType } from './asl/history-event';
import type { JsonObject } from './asl/json';
import { epochSeconds } from './execution-actions';
import { cutPage } from './page';
import type { Params } from './params';
import type { StepFunctions } from './step-functions';

export function getExecutionHistory(service: StepFunctions, params: Params): JsonObject {
  const arn = params.arn('executionArn', 'execution');
  const reverse = params.boolean('reverseOrder') ?? false;
  const withData = params.boolean('includeExecutionData') ?? true;
  const all = service.history(arn);
  const ordered = reverse ? all.toReversed() : all;
  const scope = `history ${arn} ${reverse}`;
  const { items, nextToken } = cutPage({ all: ordered, idOf: (event) => String(event.id), scope }, params);
  return { events: items.map((event) => wireEvent(event, withData)), nextToken };
}

/** An event as the API gives it: its details under a name that its type decides. */
function wireEvent(
  { id, previousEventId, type, timestampMs, details }: HistoryEvent,
  withData: boolean,
): JsonObject {
  const wire: JsonObject = { timestamp: epochSeconds(timestampMs), type, id, previousEventId };
  if (details !== null) wire[detailsName(type)] = wireDetails(details, withData);
  return wire;
}

function detailsName(type: HistoryEventType): string {
  if (type.endsWith('StateEntered')) return 'stateEnteredEventDetails';
  if (type.endsWith('StateExited')) return 'stateExitedEventDetails';
  return `${type[0]!.toLowerCase()}${type.slice(1)}EventDetails`;
}

/** Input and output of states and executions, and what was handed to a task. */
const dataFields = ['input', 'output', 'parameters'];

function wireDetails(details: JsonObject, withData: boolean): JsonObject {
  const wire: JsonObject = {};
  for (const [name, value] of Object.entries(details)) {
    const isData = dataFields.includes(name);
    if (withData || !isData) wire[name] = value;
    if (withData && isData && name !== 'parameters') wire[`${name}Details`] = { truncated: false };
  }
  return wire;
}
