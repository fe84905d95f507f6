import { combineCrc } from '../../../../../lib/fetch/checksum/combine-crc';
import { crcPolynomials } from '../../../../../lib/fetch/checksum/crc-polynomials';
import { foldDistances, kernelAlgorithms } from '../../../../../lib/fetch/checksum/kernel/fold-distances';
import { dataAt, tableBytes, windowBytes } from '../../../../../lib/fetch/checksum/kernel/memory-map';

describe.each(kernelAlgorithms)('fold distances of %s', (algorithm) => {
  const distances = foldDistances[algorithm];
  const farthest = Math.max(...distances);

  test('a byte and its copies at these distances cancel out', () => {
    const one = 1n << BigInt(crcPolynomials[algorithm].bits - 1);
    const powerOfX = (bytes: number) => combineCrc(algorithm, one, 0n, bytes);
    const sum = distances.reduce((sum, distance) => sum ^ powerOfX(farthest - distance), powerOfX(farthest));
    expect(sum).toBe(0n);
  });

  test('stay inside the zeros before the data and the window behind it', () => {
    expect(farthest).toBeLessThanOrEqual(dataAt - kernelAlgorithms.length * tableBytes);
    // Up to a block more than the distance, and a block read beyond its end.
    expect(farthest + 32).toBeLessThanOrEqual(windowBytes);
    expect(Math.min(...distances)).toBeGreaterThanOrEqual(400);
  });
});
