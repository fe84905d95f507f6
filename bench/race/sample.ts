interface Cost {
  cpuSeconds: number;
  wallSeconds: number;
}

/** One run of one client: all objects of a workload. */
export interface Sample extends Cost {
  /** The first pass of a fresh process; null where only the whole process was measured. */
  cold: Cost | null;
  /** User and system time from the process's start to the end of its first pass. */
  processCpuSeconds: number;
  rssMiB: number | null;
}
