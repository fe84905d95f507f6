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
        markers.set(trial, [...(markers.get(trial) ?? []), JSON.parse(text) as DoneMarker]);
      } else if (key.endsWith('.jsonl'))
        for (const line of text.split('\n')) if (line) recordLines.push(line);
    }
  };
  await Promise.all(Array.from({ length: readsInFlight }, reader));
  // The order of arrival is chance: sums of floating-point numbers must not depend on it.
  for (const list of markers.values())
    list.sort((a, b) => (a.invocation.requestId < b.invocation.requestId ? -1 : 1));
  return { ...planned, recordLines, markers };
}
