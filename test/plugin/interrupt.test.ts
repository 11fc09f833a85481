import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/index.js';
import { processesBelow } from '../processes.js';
import { binding, outputBucket, YamlStack } from './yaml-stack.js';

const WAITING = 'cn-shanghai/media/videos/oss://waiting';

let emulator: Emulator;
let yaml: YamlStack;
beforeEach(async () => {
  emulator = await startEmulator();
  emulator.createProject('media');
  emulator.createDataset('media', 'videos');
  yaml = await YamlStack.make({ emulator });
});
afterEach(async () => {
  yaml.stack.remove();
  await emulator.close();
});

/** Starts a command, sends one Ctrl-C when a call is reached, and tells how long it took from then on. */
async function interrupted(args: readonly string[], isTime: () => boolean) {
  const running = yaml.stack.start([...args, '--yes', '--skip-preview']);
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
  emulator.setBucketRules([{ bucketContains: 'waiting', outcome: 'Ready', reason: '' }]);
  yaml.declare({ waiting: binding('waiting'), out: outputBucket('renditions') });
  const { text, took } = await interrupted(
    ['up'],
    () => emulator.bindings().length === 1 && emulator.mediaBuckets().length === 1,
  );
  expect(took).toBeLessThan(2_000);
  expect(text).toContain('the run was interrupted, and nothing more is sent');
  const links = await yaml.stack.links();
  expect(links.map(({ id }) => id).sort()).toEqual([WAITING, 'cn-shanghai/renditions']);
  const { pending_operations: pending } = JSON.parse(await yaml.stack.exported()).deployment;
  expect(pending ?? []).toEqual([]);

  emulator.setBucketRules([]);
  emulator.releaseBindings();
  await yaml.stack.up();
  expect(emulator.journal().filter(({ action }) => action === 'CreateBinding')).toHaveLength(1);
  await yaml.stack.settled();
  await yaml.stack.destroy();
  expect(emulator.isEmpty()).toBe(true);
});

it('one Ctrl-C in a destroy that is throttled ends in under two seconds, and the next destroy removes the rest', async () => {
  const names = Array.from({ length: 12 }, (_, number) => `renditions-${number}`);
  yaml.declare(Object.fromEntries(names.map((name) => [name, outputBucket(name)])));
  await yaml.stack.up();
  emulator.addFault({ kind: 'throttled', action: 'UnbindOutputBucket', skip: 3, times: 'always' });
  const { took } = await interrupted(
    ['destroy'],
    () => emulator.journal().filter(({ action }) => action === 'UnbindOutputBucket').length > 6,
  );
  expect(took).toBeLessThan(2_000);
  // The state has exactly what is still there.
  const left = emulator.mediaBuckets().map(({ link }) => link);
  expect(left.length).toBeGreaterThan(0);
  expect((await yaml.stack.links()).map(({ id }) => id).sort()).toEqual([...left].sort());
  emulator.clearFaults();
  await yaml.stack.destroy();
  expect(emulator.isEmpty()).toBe(true);
});
