import type { Judged } from './judged';
import type { Row } from './row';
import type { TailRow } from './tail-row';

/** What bench/results.json holds. */
export interface BenchResults {
  machine: string;
  /** ISO 8601. */
  date: string;
  /** Small counts: the figures mean nothing. */
  quick: boolean;
  /** One-minute load average before and after, everything on the machine counted. */
  load: { before: number; after: number };
  rows: Row[];
  /** The same clients against a second server. */
  otherServers: Row[];
  tail: TailRow[];
  goals: Judged[];
  skipped: { client: string; why: string }[];
  failures: { case: string; client: string; error: string }[];
}
