import type { FetchRecord } from '../fetch/record';
import type { PlannedRun } from '../run/load-plan';
import { parseRecord } from './parse-record';

/** Exactly one record for every planned object of every trial, and an account of how it came to that. */
export interface MergedRecords {
  /** By trial, then by the object's index. */
  byTrial: Map<string, FetchRecord[]>;
  fetched: number;
  failed: number;
  /** Made here, because none came; counted in `failed` too. */
  missing: number;
  /** Records beyond the first of an object in a trial. */
  duplicates: number;
  /** Lines that are no record, and records that the plan knows nothing of. */
  foreign: number;
}

/**
 * An ok record beats a failed one, then the earlier; where none came, a failed one is made that says so. The
 * result does not depend on the order of the lines.
 */
export function mergeRecords({ plan, objects }: PlannedRun, lines: Iterable<string>): MergedRecords {
  const byTrial = new Map(
    plan.trials.map(({ id }) => [id, Array.from<FetchRecord | undefined>({ length: objects.length })]),
  );
  let duplicates = 0;
  let foreign = 0;
  for (const line of lines) {
    const record = parseRecord(line);
    const records = record && byTrial.get(record.trial);
    if (!records || objects[record.index]?.key !== record.key) {
      foreign++;
      continue;
    }
    const rival = records[record.index];
    if (rival) duplicates++;
    if (!rival || beats(record, rival)) records[record.index] = record;
  }
  let [fetched, failed, missing] = [0, 0, 0];
  const whole = new Map<string, FetchRecord[]>();
  for (const [trial, records] of byTrial) {
    const complete = Array.from(records, (record, index) => record ?? missingRecord(trial, objects[index]!));
    for (const record of complete) {
      if (record.outcome === 'fetched') fetched++;
      else failed++;
      if (isMissing(record)) missing++;
    }
    whole.set(trial, complete);
  }
  return { byTrial: whole, fetched, failed, missing, duplicates, foreign };
}

export const isMissing = (record: FetchRecord) => record.failure?.code === 'NoRecord';

function beats(record: FetchRecord, rival: FetchRecord): boolean {
  if (record.outcome !== rival.outcome) return record.outcome === 'fetched';
  const [ends, rivalEnds] = [record.startMs + record.durationMs, rival.startMs + rival.durationMs];
  if (ends !== rivalEnds) return ends < rivalEnds;
  return JSON.stringify(record) < JSON.stringify(rival);
}

function missingRecord(trial: string, { index, key, sizeBytes }: PlannedRun['objects'][number]): FetchRecord {
  return {
    version: 1,
    trial,
    index,
    key,
    sizeBytes,
    outcome: 'failed',
    bytes: 0,
    startMs: 0,
    durationMs: 0,
    attempts: [],
    integrity: 'none',
    coldStart: false,
    sandbox: '',
    failure: {
      code: 'NoRecord',
      phase: null,
      message: 'no record came: the trial did not run, its Lambda was killed, or the record file was lost',
    },
  };
}
