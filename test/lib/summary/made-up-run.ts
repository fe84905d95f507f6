import type { FetchRecord } from '../../../lib/fetch/record';
import type { PlannedRun } from '../../../lib/run/load-plan';
import { makePlan } from '../../../lib/run/plan';
import type { DoneMarker } from '../../../lib/run/record-writer';
import type { Request } from '../../../lib/run/request-fields';
import { resolveRequest } from '../../../lib/run/resolve-request';

const sample = { bucket: 'runs-bucket', prefix: 'sample_files/' };

/** A plan of objects of 1,000 bytes each. */
export function plannedRun(request: Request, count: number): PlannedRun {
  const resolved = resolveRequest({ clients: ['sdk'], ...request }, { sample, memorySizes: [1024, 2048] });
  const objects = Array.from({ length: count }, (_, index) => ({
    index,
    key: `data/${index}`,
    sizeBytes: 1000,
    etag: '"e"',
  }));
  return { plan: makePlan('r1', '2026-11-23T00:00:00.000Z', resolved, objects, 0), objects };
}

export function recordOf(trial: string, index: number, change: Partial<FetchRecord> = {}): FetchRecord {
  const phasesMs = { queue: 1, dns: null, tcp: 1, tls: null, send: 1, firstByte: 3, body: 4 };
  return {
    version: 1,
    trial,
    index,
    key: `data/${index}`,
    sizeBytes: 1000,
    outcome: 'fetched',
    bytes: 1000,
    startMs: 1_000_000 + 10 * index,
    durationMs: 10,
    attempts: [
      {
        n: 1,
        range: null,
        address: '127.0.0.1',
        reused: false,
        status: 200,
        requestId: 'R1',
        offsetMs: 0,
        durationMs: 10,
        phasesMs,
        bytes: 1000,
        error: null,
      },
    ],
    integrity: 'etag',
    coldStart: false,
    sandbox: 's1',
    failure: null,
    ...change,
  };
}

export const failedRecord = (trial: string, index: number, change: Partial<FetchRecord> = {}): FetchRecord =>
  recordOf(trial, index, {
    outcome: 'failed',
    bytes: 0,
    integrity: 'none',
    failure: { code: 'NoSuchKey', phase: 'firstByte', message: 'not there' },
    ...change,
  });

export function markerOf(change: Partial<DoneMarker['invocation']> = {}): DoneMarker {
  const invocation = {
    requestId: 'q1',
    sandbox: 's1',
    memorySizeMb: 1024,
    coldStart: false,
    initMs: null,
    enteredMs: 999_950,
    startMs: 999_990,
    endMs: 1_000_100,
    ...change,
  };
  return { version: 1, records: 1, invocation };
}

/** A record of every object of every trial, of the duration that is told for the trial's variant. */
export function wholeRun(
  { plan, objects }: PlannedRun,
  durationMs: (trial: string) => number,
): FetchRecord[] {
  return plan.trials.flatMap(({ id }) =>
    objects.map(({ index }) =>
      recordOf(id, index, { startMs: 1_000_000 + index * durationMs(id), durationMs: durationMs(id) }),
    ),
  );
}

export const linesOf = (records: readonly FetchRecord[]) => records.map((record) => JSON.stringify(record));
