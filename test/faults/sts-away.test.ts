import { afterEach, describe, expect, it } from 'vitest';
import { TEST_ACCOUNT_ID } from '../../emulator/index.js';
import type { LifecycleWorld, Setting } from '../support/lifecycle/lifecycle-world.js';
import { SERVERS } from '../support/lifecycle/served.js';
import { BUCKET } from '../support/links/links.js';
import { Engine } from './engine.js';
import { linksBesideForeign } from './foreign.js';
import { SharedCloud } from './shared-cloud.js';

const ROLE = `acs:ram::${TEST_ACCOUNT_ID}:role/media-deploy`;
const ASSUME_ROLE = { config: { 'alicloud:assumeRole': JSON.stringify({ roleArn: ROLE }) } };

const cloud = SharedCloud.make();
afterEach(() => {
  cloud.world.clock.moved = () => {};
});

/** This request is answered 503 for so long. */
function away({ emulator, clock }: LifecycleWorld, action: string, milliseconds: number): void {
  const back = clock.now() + milliseconds;
  const rule = emulator.addFault({ kind: 'unavailable-503', action, times: 'always' });
  clock.moved = (now) => {
    if (now >= back && emulator.faults().length > 0) emulator.clearFaults(rule);
  };
}

const bucket = (name: string, timeout: string) => ({
  ...BUCKET.inputs,
  bucket: name,
  customTimeouts: { create: timeout },
});

describe.each(SERVERS)('STS, served by the %s', (server) => {
  cloud.servedBy(server);

  it.each([
    ['GetCallerIdentity', {}],
    ['AssumeRole', ASSUME_ROLE],
  ] as const)('that is away for 70 s is waited for: %s', async (action, setting: Setting) => {
    const world = cloud.begin();
    away(world, action, 70_000);
    const engine = new Engine(world, BUCKET);
    expect(await engine.up(setting)).toBeUndefined();
    const alive = world.said.filter((line) => line.startsWith(`info: ${BUCKET.title} ${BUCKET.id}: `));
    expect(alive.length).toBeGreaterThanOrEqual(2);
    for (const line of alive) expect(line).toMatch(/ServiceUnavailable.*; try \d+ in .* so far$/);
    expect(await engine.destroy()).toBeUndefined();
    expect(linksBesideForeign(world)).toEqual([]);
  });

  it.each([
    ['GetCallerIdentity', {}],
    ['AssumeRole', ASSUME_ROLE],
  ] as const)(
    'that is away: an operation of 10 s ends by its own time, one of ten minutes goes on, and both share the tries of %s',
    async (action, setting: Setting) => {
      for (const order of [
        ['10s', '10m'],
        ['10m', '10s'],
      ]) {
        const world = cloud.begin();
        world.restartProvider(setting);
        away(world, action, 70_000);
        const began = world.clock.now();
        const ends: number[] = [];
        const results = await Promise.allSettled(
          order.map((timeout) =>
            world.served.bucket
              .create(bucket(`for-${timeout}`, timeout))
              .finally(() => ends.push(world.clock.now() - began)),
          ),
        );
        expect(results.map(({ status }) => status)).toEqual(
          order.map((timeout) => (timeout === '10s' ? 'rejected' : 'fulfilled')),
        );
        const [{ reason } = { reason: undefined }] = results.filter(
          ({ status }) => status === 'rejected',
        ) as {
          reason: unknown;
        }[];
        expect(String((reason as Error).message)).toContain(`STS ${action}: ServiceUnavailable`);
        // A pause of the shared tries may be longer than what the one has left.
        expect(ends[0]).toBeLessThanOrEqual(30_000);
        expect(linksBesideForeign(world)).toEqual(['cn-shanghai/for-10m']);
        const tries = world.emulator.journal().filter((entry) => entry.action === action);
        expect(tries.length).toBeLessThan(20);
      }
    },
  );
});
