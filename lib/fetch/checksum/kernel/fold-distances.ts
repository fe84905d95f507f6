/** The CRCs that Node does not bring along natively. */
export const kernelAlgorithms = ['crc32c', 'crc64nvme'] as const;
export type KernelAlgorithm = (typeof kernelAlgorithms)[number];

/**
 * A byte may be taken out of a message and xored into the bytes at these distances behind it: the CRC stays the
 * same, because 1 + x^(-8·d₁) + x^(-8·d₂) + … is divisible by the polynomial. Found by search; the test proves them.
 * None is below 400, so that no load waits for a store still on its way to the cache.
 */
export const foldDistances: Record<KernelAlgorithm, readonly number[]> = {
  crc32c: [767, 2524, 5275],
  crc64nvme: [455, 475, 775, 911, 1169, 1266, 1432, 1810],
};
