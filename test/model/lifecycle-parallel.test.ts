import fc from 'fast-check';
import { it } from 'vitest';
import { anyProgramHolds } from './property.js';
import { limit, settings } from './runs.js';

const PROGRAMS = 1_000;

it(
  'random programs, many operations at the same time: no object lost, none of others touched, every end a good one',
  () => fc.assert(anyProgramHolds(true), settings('at the same time', PROGRAMS)),
  limit(PROGRAMS, 400),
);
