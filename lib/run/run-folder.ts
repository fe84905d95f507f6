/** Where everything of a run lies, below the runs bucket or below `./runs`' parent. */
export function runFolder(runId: string) {
  const folder = `runs/${runId}`;
  return {
    folder,
    request: `${folder}/request.json`,
    plan: `${folder}/plan.json`,
    objects: `${folder}/objects.jsonl`,
    records: `${folder}/records/`,
    recordsOf: (trial: string) => `${folder}/records/${trial}/`,
    summary: `${folder}/summary.json`,
  };
}

/** A run's id is also a folder, an execution's name and a part of URLs. */
export const runIdPattern = /^[A-Za-z0-9_-]{1,80}$/;

/** Sorts by time; the letters keep two of the same second apart. */
export function newRunId(now: Date, random: () => number): string {
  const time = now.toISOString().replace(/[-:]/g, '').slice(0, 15);
  const letters = Math.floor(random() * 36 ** 5)
    .toString(36)
    .padStart(5, '0');
  return `${time}-${letters}`;
}
