/**
 * US dollars, us-east-1, Arm, before any free tier or discount; other regions differ by up to a third.
 * Step Functions: the pricing page as stored, read 2026-11. Lambda and S3: agreeing second-hand sources, 2026-11.
 */
export const prices = {
  /** aws.amazon.com/lambda/pricing: first tier; INIT is billed as duration since 2025-08-01. */
  lambdaGbSecond: 0.0000133334,
  lambdaRequest: 0.2 / 1e6,
  /** aws.amazon.com/step-functions/pricing: Standard workflows. */
  stateTransition: 0.025 / 1e3,
  /** aws.amazon.com/s3/pricing: S3 Standard. */
  s3GetRequest: 0.0004 / 1e3,
} as const;
