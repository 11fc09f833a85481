import { expect, it } from 'vitest';
import type { Check } from '../../../cli/doctor/check.js';
import { contextOf } from '../../../cli/doctor/context.js';
import { ok } from '../../../cli/doctor/finding.js';
import { runChecks } from '../../../cli/doctor/run-checks.js';

const asked = { folder: '/', stack: undefined, region: undefined, project: undefined, dataset: undefined };
const check = (name: string, run: Check['run']): Check => ({ name, description: name, run });

it('goes on with the rest after a check that fails by itself, and after one that never ends', async () => {
  const begun: string[] = [];
  const results = await runChecks(
    [
      check('throws', () => {
        throw new Error('SecurityToken=hidden-word broke it');
      }),
      check('never ends', () => new Promise(() => {})),
      check('is fine', () => ok('fine')),
    ],
    contextOf({ ...asked, time: 10 }, {}),
    ({ name }) => begun.push(name),
  );
  expect(begun).toEqual(['throws', 'never ends', 'is fine']);
  expect(results.map(({ status }) => status)).toEqual(['problem', 'warning', 'ok']);
  expect(results[0]?.says).toContain('broke it');
  expect(results[0]?.says).not.toContain('hidden-word');
  expect(results[1]?.advice).toEqual(['Give it longer with --timeout.']);
});
