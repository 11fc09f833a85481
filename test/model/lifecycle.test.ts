import fc from 'fast-check';
import { it } from 'vitest';
import { anyProgramHolds } from './property.js';
import { limit, settings } from './runs.js';

const PROGRAMS = 1_000;

it(
  'random programs, one operation after the other: no object lost, none of others touched, every end a good one',
  () => fc.assert(anyProgramHolds(false), settings('one after the other', PROGRAMS)),
  limit(PROGRAMS, 400),
);
