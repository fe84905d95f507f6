import type { Json } from './json';

export interface Intrinsic {
  fewest: number;
  most: number;
  /** An Error thrown here becomes States.IntrinsicFailure. */
  call(args: Json[]): Json;
}
