import * as fc from 'fast-check';
import { spread } from '../../bench/results/spread';

test('the median lies between the extremes, and as many values above it as below', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 30 }),
      (values) => {
        const { median, min, max } = spread(values);
        const below = values.filter((value) => value < median).length;
        const above = values.filter((value) => value > median).length;
        expect(min).toBe([...values].sort((a, b) => a - b)[0]);
        expect(max).toBe([...values].sort((a, b) => b - a)[0]);
        expect(below).toBeLessThanOrEqual(values.length / 2);
        expect(above).toBeLessThanOrEqual(values.length / 2);
        expect(median).toBeGreaterThanOrEqual(min);
        expect(median).toBeLessThanOrEqual(max);
      },
    ),
  );
});
