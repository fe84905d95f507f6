/** How a goal was met: a value of this run beside what it should be. */
export interface Judged {
  goal: string;
  goalText: string;
  /** Null where one of the two was not measured. */
  value: string | null;
  reached: boolean | null;
}
