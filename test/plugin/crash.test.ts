import { expect, it } from 'vitest';
import type { Boundary } from '../../emulator/index.js';
import { isProvider, processesBelow, type RunningProcess } from '../support/cli/processes.js';
import { adoptLines } from '../support/cli/stack.js';
import { struckAt } from '../support/cli/struck-at.js';
import { IS_WIDE } from '../support/extent.js';
import { YamlSite } from './yaml-site.js';
import { binding, outputBucket } from './yaml-stack.js';

const READS = ['GetBinding', 'ListBindings', 'ListAllMediaBucket'];
// What a kill takes with it must not keep the other steps from telling.
const UP = ['up', '--yes', '--skip-preview', '--continue-on-error'];
const REFRESH = ['refresh', '--yes', '--skip-preview'];
// One delete at a time, so that each of several kills still finds one to strike.
const DESTROY = ['destroy', '--yes', '--skip-preview', '--parallel=1'];
const FOREIGN = ['cn-shanghai/foreign', 'cn-shanghai/media/videos/oss://foreign'];

type Victim = 'engine' | 'plugin' | 'both';

/** Each victim at each boundary, split over the commands: each has every victim and every boundary. */
const KILLS: readonly {
  readonly boundary: Boundary;
  readonly up: Victim;
  readonly refresh: Victim;
  readonly destroy: Victim;
}[] = [
  { boundary: 'before-effect', up: 'engine', refresh: 'plugin', destroy: 'both' },
  { boundary: 'after-effect', up: 'plugin', refresh: 'both', destroy: 'engine' },
  { boundary: 'after-reply', up: 'both', refresh: 'engine', destroy: 'plugin' },
];

const site = YamlSite.forEach({
  given(emulator) {
    emulator.createProject('media');
    emulator.createDataset('media', 'videos');
    emulator.createBinding('cn-shanghai/media/videos/oss://foreign');
    emulator.bindOutputBucket('foreign');
  },
});

/** What is there beside the links of somebody else, which must be. */
function inCloud(): readonly string[] {
  const all = [...site.emulator.bindings(), ...site.emulator.mediaBuckets()].map(({ link }) => link).sort();
  expect(all).toEqual(expect.arrayContaining(FOREIGN));
  return all.filter((id) => !FOREIGN.includes(id));
}

async function inState(): Promise<readonly (string | undefined)[]> {
  return (await site.yaml.stack.links()).map(({ id }) => id).sort();
}

function pendingCreates(): readonly string[] {
  const { pending_operations: pending = [] } = site.yaml.stack.deployment;
  return (pending as { resource: { urn: string } }[]).map(({ resource }) => resource.urn);
}

/** The id of the link that a resource of this test stands for. */
function idBehind(urn: string): string {
  const [, name = '', kind] = /::([a-z-]+)-(in|out)$/.exec(urn) ?? [];
  return kind === 'in' ? `cn-shanghai/media/videos/oss://${name}` : `cn-shanghai/${name}`;
}

/** How often each link was made, or removed, with success. */
function timesDone(...actions: readonly string[]): Record<string, number> {
  const times: Record<string, number> = {};
  for (const { action, link, effects } of site.emulator.journal())
    if (actions.includes(action)) times[link] = (times[link] ?? 0) + effects;
  return times;
}

/** Kills when the first of these calls comes to a boundary, which it then crosses; gives the link it was about. */
async function kill(
  args: readonly string[],
  boundary: Boundary,
  actions: readonly string[],
  victim: Victim,
): Promise<string> {
  const running = site.yaml.stack.start(args);
  let below: readonly RunningProcess[] = [];
  const { code, text, struck } = await struckAt(site.emulator, running, { boundary, actions }, () => {
    below = processesBelow(running.engine);
    if (victim !== 'plugin') process.kill(running.engine, 'SIGKILL');
    if (victim !== 'engine') for (const { pid } of below.filter(isProvider)) process.kill(pid, 'SIGKILL');
  });
  // An engine whose plugin was killed fails by itself.
  if (victim === 'plugin') expect(code, text).toBeGreaterThan(0);
  else expect(code, text).toBe(null);
  // One serves the resources; another may have told the language host the schema.
  expect(below.filter(isProvider).length).toBeGreaterThan(0);
  await expectEnded(below.filter(isProvider));
  end(below);
  // A file backend keeps the lock of a killed engine.
  if (victim !== 'plugin') await site.yaml.stack.unlock();
  return struck.link;
}

/** A plugin looks every two seconds whether its engine is still there. */
async function expectEnded(plugins: readonly RunningProcess[]): Promise<void> {
  const isLeft = ({ pid }: RunningProcess) => plugins.some((plugin) => plugin.pid === pid);
  await expect.poll(() => processesBelow(1).filter(isLeft), { timeout: 5_000, interval: 200 }).toEqual([]);
}

/** Pulumi's own language host does not notice for minutes that its engine was killed. */
function end(started: readonly RunningProcess[]): void {
  for (const { pid, command } of processesBelow(1))
    if (started.some((each) => each.pid === pid && each.command === command)) process.kill(pid, 'SIGKILL');
}

it.runIf(IS_WIDE)(
  'a kill of engine, plugin or both at each boundary: no process is left, and the same command again converges, or prints the lines with which it does, after --import-pending-creates too',
  async () => {
    const names = KILLS.map(({ boundary }) => boundary);
    const ids = names
      .flatMap((name) => [`cn-shanghai/media/videos/oss://${name}`, `cn-shanghai/${name}`])
      .sort();
    const resources: Record<string, ReturnType<typeof binding>> = {};
    const killed: string[] = [];
    for (const [round, { boundary, up }] of KILLS.entries()) {
      resources[`${boundary}-in`] = binding(boundary);
      resources[`${boundary}-out`] = outputBucket(boundary);
      site.yaml.declare(resources);
      killed.push(await kill(UP, boundary, [round === 1 ? 'BindOutputBucket' : 'CreateBinding'], up));
    }
    // What the engine has for it: it asks no plugin, takes no link into the state, and forgets that it was making them.
    const known = await inState();
    const pending = pendingCreates();
    expect(pending).not.toEqual([]);
    const flags = pending
      .flatMap((urn) => [urn, idBehind(urn)])
      .map((each) => `--import-pending-creates=${each}`);
    expect(await site.yaml.stack.succeed(...REFRESH, ...flags)).toMatch(/ unchanged/);
    expect(await inState()).toEqual(known);
    // Of a link that two kills met, it takes one.
    expect(pendingCreates().length).toBeLessThan(pending.length);

    const again = await site.yaml.stack.run(UP);
    const lost = adoptLines(again.text);
    expect(lost, again.text).toEqual(expect.arrayContaining(killed));
    // Nothing else went wrong than what these lines mend.
    const failed = [...again.text.matchAll(/^ +error: .*cannot create \S+ (\S+): it exists already/gm)];
    expect([...new Set(failed.map(([, id]) => id))].sort(), again.text).toEqual(lost);
    const mended = await site.yaml.stack.run(UP, { ALICLOUD_MEDIA_ADOPT: lost.join(',') });
    expect(mended.code, mended.text).toBe(0);
    expect(inCloud()).toEqual(ids);
    expect(await inState()).toEqual(ids);
    expect(timesDone('CreateBinding', 'BindOutputBucket')).toEqual(
      Object.fromEntries(ids.map((id) => [id, 1])),
    );

    for (const { boundary, refresh } of KILLS) await kill(REFRESH, boundary, READS, refresh);
    await site.yaml.stack.succeed(...REFRESH);
    expect(inCloud()).toEqual(ids);
    expect(await inState()).toEqual(ids);

    for (const { boundary, destroy } of KILLS) {
      const link = await kill(DESTROY, boundary, ['DeleteBinding', 'UnbindOutputBucket'], destroy);
      expect(inCloud()).not.toContain(link);
    }
    await site.yaml.stack.succeed(...DESTROY);
    expect(inCloud()).toEqual([]);
    expect(await inState()).toEqual([]);
    expect(timesDone('DeleteBinding', 'UnbindOutputBucket')).toEqual(
      Object.fromEntries(ids.map((id) => [id, 1])),
    );
  },
);
