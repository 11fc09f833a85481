import { expect, it } from 'vitest';
import { processorTimes } from '../../../scripts/test/processor-times.js';

it('sums what each file of tests cost, the dearest first', () => {
  expect(processorTimes('a.test.ts\t1.5\nb.test.ts\t20\na.test.ts\t2\nc.test.ts\t1\n', 2)).toEqual([
    '== 25 s of the processors, the most of it in',
    '     20.0 s b.test.ts',
    '      3.5 s a.test.ts',
  ]);
});

it('says nothing where nothing was measured', () => {
  expect(processorTimes('')).toEqual([]);
});
