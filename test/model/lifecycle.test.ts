import { it } from 'vitest';
import { anyProgramHolds } from './property.js';
import { limit } from './runs.js';

const PROGRAMS = 1_000;

it(
  'random programs on the steps and on the plugin, one operation after the other: no object lost, none of others touched, every end a good one',
  () => anyProgramHolds('one after the other', PROGRAMS, false),
  limit(PROGRAMS, 400),
);
