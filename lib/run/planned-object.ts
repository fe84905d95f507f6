/** One object to fetch: a line of `objects.jsonl`. Its identity is the index, as a key may stand twice. */
export interface PlannedObject {
  index: number;
  key: string;
  /** Null where the object could not be looked up: the fetch will say why. */
  sizeBytes: number | null;
  etag: string | null;
  /** The planner saw that there is no such key; a fetcher, which may not list, is told 403. */
  missing?: true;
}

export function formatObjects(objects: readonly PlannedObject[]): string {
  return objects.map((object) => `${JSON.stringify(object)}\n`).join('');
}

export function parseObjects(jsonl: string): PlannedObject[] {
  return jsonl.split('\n').flatMap((line) => (line === '' ? [] : (JSON.parse(line) as PlannedObject)));
}
