/** All objects read once. */
export interface Pass {
  cpuSeconds: number;
  wallSeconds: number;
  bytes: number;
}

/** What a client's process tells of itself. */
export interface ClientResult {
  /** The first one is cold. */
  passes: Pass[];
  /** From the start of the process to the end of its first pass. */
  processCpuSeconds: number;
  rssMiB: number | null;
}
