import type { HistoryEvent, HistoryEventType } from './asl/history-event';
import type { JsonObject } from './asl/json';
import { StateError } from './asl/state-error';

/** An execution fails when its history would reach 25,000 events (Step Functions service quotas, 2026). */
const maxEvents = 25_000;

/** The events of one execution, over all its redrives. */
export class History {
  readonly events: HistoryEvent[] = [];

  get full(): boolean {
    return this.events.length >= maxEvents - 1;
  }

  /** Keeps the last place for the event that ends the execution. */
  append(
    type: HistoryEventType,
    previousEventId: number,
    timestampMs: number,
    details: JsonObject | null,
  ): HistoryEvent {
    if (this.full && !type.startsWith('Execution'))
      throw new StateError(
        'States.Runtime',
        `The execution reached the maximum number of history events (${maxEvents}).`,
      );
    const event = { id: this.events.length + 1, previousEventId, type, timestampMs, details };
    this.events.push(event);
    return event;
  }
}
