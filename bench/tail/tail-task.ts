/** Where the one answer in a hundred stops for a while. */
export const stallPlaces = ['headers', 'body'] as const;
export type StallPlace = (typeof stallPlaces)[number];

/** `sdk`: the SDK as it comes. The other two: the engine over its own client, asking once or hedging. */
export const tailClients = ['sdk', 'direct', 'direct-hedged'] as const;
export type TailClient = (typeof tailClients)[number];

export interface TailTask {
  client: TailClient;
  endpoint: string;
  requests: number;
  concurrency: number;
  sizeBytes: number;
}

export interface TailResult {
  /** Of every object, from its start to its last byte. */
  durationsMs: number[];
  wallSeconds: number;
}
