import { loadPlan } from '../run/load-plan';
import type { DoneMarker } from '../run/record-writer';
import { runFolder } from '../run/run-folder';
import type { RunStore } from '../run/run-store';
import { type RunContent, summarize } from './summarize';
import type { Summary } from './summary';

/** Reads a run folder and sums it up; writes nothing. */
export async function summarizeRun(
  store: RunStore,
  runId: string,
  options?: { stopped?: boolean },
): Promise<Summary> {
  return summarize(await readRun(store, runId), options);
}

const readsInFlight = 16;

/** Everything that lies in a run folder. */
export async function readRun(store: RunStore, runId: string): Promise<RunContent> {
  const planned = await loadPlan(store, runId);
  const folder = runFolder(runId).records;
  const recordLines: string[] = [];
  const markers = new Map<string, DoneMarker[]>();
  const keys = store.keys(folder);
  const reader = async () => {
    for await (const key of keys) {
      const text = (await store.getText(key)) ?? '';
      if (key.endsWith('/done.json')) {
        const trial = key.slice(folder.length).split('/')[0]!;
        const marker = parseMarker(text);
        if (marker) markers.set(trial, [...(markers.get(trial) ?? []), marker]);
      } else if (key.endsWith('.jsonl'))
        for (const line of text.split('\n')) if (line) recordLines.push(line);
    }
  };
  await Promise.all(Array.from({ length: readsInFlight }, reader));
  return { ...planned, recordLines, markers };
}

// A marker that cannot be read tells less of the cost; it is no reason for no summary.
function parseMarker(text: string): DoneMarker | null {
  try {
    const marker = JSON.parse(text) as Partial<DoneMarker> | null;
    return marker?.version === 1 && marker.invocation ? (marker as DoneMarker) : null;
  } catch {
    return null;
  }
}
