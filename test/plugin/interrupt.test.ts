import { expect, it } from 'vitest';
import { processesBelow } from '../support/cli/processes.js';
import { IS_WIDE } from '../support/extent.js';
import { YamlSite } from './yaml-site.js';
import { binding, outputBucket } from './yaml-stack.js';

const WAITING = 'cn-shanghai/media/videos/oss://waiting';

const site = YamlSite.forEach({
  given(emulator) {
    emulator.createProject('media');
    emulator.createDataset('media', 'videos');
  },
});

/** Starts a command, sends one Ctrl-C when a call is reached, and tells how long it took from then on. */
async function interrupted(args: readonly string[], isTime: () => boolean) {
  const running = site.yaml.stack.start([...args, '--yes', '--skip-preview']);
  await expect.poll(isTime, { timeout: 60_000, interval: 20 }).toBe(true);
  const below = processesBelow(running.engine);
  const since = Date.now();
  process.kill(running.engine, 'SIGINT');
  const { text } = await running.ended;
  const took = Date.now() - since;
  // Nothing that the command started runs on.
  await expect
    .poll(() => below.filter(({ pid }) => processesBelow(1).some((each) => each.pid === pid)))
    .toEqual([]);
  return { text, took };
}

it('one Ctrl-C while a binding is waited for ends in under two seconds; the binding is kept, and the next up goes on', async () => {
  site.emulator.setBucketRules([{ bucketContains: 'waiting', outcome: 'Ready', reason: '' }]);
  site.yaml.declare({ waiting: binding('waiting'), out: outputBucket('renditions') });
  const { text, took } = await interrupted(
    ['up'],
    () => site.emulator.bindings().length === 1 && site.emulator.mediaBuckets().length === 1,
  );
  expect(took).toBeLessThan(2_000);
  expect(text).toContain('the run was interrupted, and nothing more is sent');
  const links = await site.yaml.stack.links();
  expect(links.map(({ id }) => id).sort()).toEqual([WAITING, 'cn-shanghai/renditions']);
  const { pending_operations: pending } = JSON.parse(await site.yaml.stack.exported()).deployment;
  expect(pending ?? []).toEqual([]);

  site.emulator.setBucketRules([]);
  site.emulator.releaseBindings();
  await site.yaml.stack.up();
  expect(site.emulator.journal().filter(({ action }) => action === 'CreateBinding')).toHaveLength(1);
  await site.yaml.stack.settled();
  await site.yaml.stack.destroy();
  expect(site.emulator.isEmpty()).toBe(true);
});

it.runIf(IS_WIDE)(
  'one Ctrl-C in a destroy that is throttled ends in under two seconds, and the next destroy removes the rest',
  async () => {
    const names = Array.from({ length: 12 }, (_, number) => `renditions-${number}`);
    site.yaml.declare(Object.fromEntries(names.map((name) => [name, outputBucket(name)])));
    await site.yaml.stack.up();
    site.emulator.addFault({ kind: 'throttled', action: 'UnbindOutputBucket', skip: 3, times: 'always' });
    const { took } = await interrupted(
      ['destroy'],
      () => site.emulator.journal().filter(({ action }) => action === 'UnbindOutputBucket').length > 6,
    );
    expect(took).toBeLessThan(2_000);
    // The state has exactly what is still there.
    const left = site.emulator.mediaBuckets().map(({ link }) => link);
    expect(left.length).toBeGreaterThan(0);
    expect((await site.yaml.stack.links()).map(({ id }) => id).sort()).toEqual([...left].sort());
    site.emulator.clearFaults();
    await site.yaml.stack.destroy();
    expect(site.emulator.isEmpty()).toBe(true);
  },
);
