import { it } from 'vitest';
import { IS_FULL, IS_WIDE } from '../support/extent.js';
import { anyProgramHolds } from './property.js';
import { limit } from './runs.js';

const PROGRAMS = IS_FULL ? 1_000 : IS_WIDE ? 500 : 60;

it(
  'random programs on the steps and on the plugin, many operations at the same time: no object lost, none of others touched, every end a good one',
  () => anyProgramHolds('at the same time', PROGRAMS, true),
  limit(PROGRAMS, 400),
);
