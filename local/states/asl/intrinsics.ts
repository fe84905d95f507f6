import type { Intrinsic } from './intrinsic';
import { arrayIntrinsics } from './intrinsics-of-arrays';
import { numberIntrinsics } from './intrinsics-of-numbers';
import { textIntrinsics } from './intrinsics-of-text';

/** The eighteen intrinsic functions of the Step Functions developer guide. */
export const intrinsics: Record<string, Intrinsic> = {
  ...arrayIntrinsics,
  ...numberIntrinsics,
  ...textIntrinsics,
};
