import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Emulator, type JournalEntry, startEmulator } from '../../emulator/index.js';
import { makeEnvironment } from '../../scripts/environment.js';
import { Stack } from '../support/cli/stack.js';
import { DynamicProcess, PEERS, type Properties } from '../support/dynamic/dynamic-process.js';
import { IS_WIDE } from '../support/extent.js';
import { providerTextOf } from '../support/lifecycle/lifecycle-of.js';
import { bucketOf, multiply, outputBuckets, stacksOf } from './rates/many-links.js';

/** What the engine takes on two processors when it is not told otherwise; said outright, to hold on any machine. */
const PARALLELISM = 8;
const PARALLEL = ['--parallel', String(PARALLELISM)];

let emulator: Emulator;

beforeAll(async () => {
  // As far as anybody knows, the real listing goes on after its first hundred rows.
  emulator = await startEmulator({ switches: { listingEndsAt100: false } });
});
afterAll(() => emulator.close());

const calls = (action: string) => emulator.statistics().actions[action] ?? 0;
const listings = () => calls('mts:ListAllMediaBucket');

describe('the listing of output buckets', () => {
  let stack: Stack;

  beforeAll(async () => {
    emulator.reset();
    stack = await Stack.make({ emulator, program: outputBuckets('many', 200), resident: true });
  });
  beforeEach(() => emulator.clearStatistics());
  afterAll(() => stack?.remove());

  it.runIf(IS_WIDE)('is asked for at most 12 times by an up of 200', async () => {
    await stack.up(...PARALLEL);
    expect(calls('mts:BindOutputBucket')).toBe(200);
    expect(listings()).toBeGreaterThan(0);
    expect(listings()).toBeLessThanOrEqual(12);
    expect(emulator.statistics().throttled).toBe(0);
    expect(await stack.links()).toHaveLength(200);
  });

  it.runIf(IS_WIDE)(
    'is asked for at most 6 times by a refresh of 200, which finds every one of them',
    async () => {
      const text = await stack.refresh(...PARALLEL);
      expect(text).toMatch(/20\d unchanged/);
      expect(listings()).toBeGreaterThan(0);
      expect(listings()).toBeLessThanOrEqual(6);
      expect(emulator.statistics().throttled).toBe(0);
    },
  );

  it.runIf(IS_WIDE)(
    'is asked for at most 30 times by a refresh of 1,000, which finds every one of them',
    async () => {
      stack.write(outputBuckets('many', 1_000));
      await multiply(stack, emulator, 'many', 1_000);
      emulator.clearStatistics();
      const text = await stack.refresh(...PARALLEL);
      expect(text).toMatch(/100\d unchanged/);
      expect(listings()).toBeGreaterThan(0);
      expect(listings()).toBeLessThanOrEqual(30);
      expect(emulator.statistics().throttled).toBe(0);
    },
  );
});

describe('connections', () => {
  it.runIf(IS_WIDE)(
    'are kept, and are never more than the operations that the engine has under way',
    async () => {
      emulator.reset();
      const stack = await Stack.make({ emulator, program: outputBuckets('kept', 60), resident: true });
      try {
        for (const run of [stack.up, stack.refresh, stack.destroy]) {
          emulator.clearStatistics();
          const before = emulator.statistics().connections;
          await run.call(stack, ...PARALLEL);
          const { connections, mostConcurrentConnections } = emulator.statistics();
          expect(mostConcurrentConnections).toBeLessThanOrEqual(PARALLELISM);
          // None is opened in place of one that could have been kept.
          expect(connections - before).toBeLessThanOrEqual(PARALLELISM);
        }
        expect(emulator.isEmpty()).toBe(true);
      } finally {
        stack.remove();
      }
    },
  );
});

async function startProvider(): Promise<DynamicProcess> {
  const stage = { folder: mkdtempSync(join(tmpdir(), 'alicloud-media-')), url: emulator.url };
  const provider = await DynamicProcess.start(PEERS.oldest, makeEnvironment(stage));
  await provider.configure({ 'alicloud-media:consistencyWindow': '0' });
  return provider;
}

const bindingOf = (datasetName: string, uri: string) => ({
  projectName: 'media',
  datasetName,
  uri,
  region: 'cn-shanghai',
  __provider: providerTextOf('imm.DatasetBinding'),
});

describe('reads of bindings', () => {
  let provider: DynamicProcess;
  let links: Map<string, Properties>;

  beforeEach(async () => {
    emulator.reset();
    emulator.allow();
    emulator.createProject('media');
    emulator.createDataset('media', 'videos');
    provider = await startProvider();
    const given = Array.from({ length: PARALLELISM }, (_, index) =>
      bindingOf('videos', `oss://originals-${index}`),
    );
    const made = await Promise.all(given.map((inputs) => provider.create(inputs)));
    links = new Map(made.map(({ id, outputs }) => [id, outputs]));
    // The last listing of the creates would serve for a second.
    await sleep(1_100);
    emulator.clearStatistics();
  });
  afterEach(() => provider.stop());

  const readAll = () => Promise.all([...links].map(([id, outputs]) => provider.read(id, outputs)));
  const idsRead = async () => (await readAll()).map(({ id }) => id);

  it('ride one listing of their dataset when several come at once', async () => {
    expect(await idsRead()).toEqual([...links.keys()]);
    expect(calls('imm:ListBindings')).toBe(1);
    expect(calls('imm:GetBinding')).toBe(0);
  });

  it('ask once, as for the one binding, when they come alone', async () => {
    const [[id, outputs] = ['', {}]] = links;
    expect((await provider.read(id, outputs)).id).toBe(id);
    expect(calls('imm:ListBindings')).toBe(1);
    expect(calls('imm:GetBinding')).toBe(0);
  });

  it('ask by itself for each binding that the listing does not show, and for no other', async () => {
    const [id = ''] = links.keys();
    emulator.deleteBinding(id);
    const [first, ...others] = await idsRead();
    expect(first).toBe('');
    expect(others).toEqual([...links.keys()].slice(1));
    expect(calls('imm:ListBindings')).toBe(1);
    expect(calls('imm:GetBinding')).toBe(1);
  });

  it('ask for each binding where listing is denied, after they found out once', async () => {
    emulator.deny({ action: 'imm:ListBindings' });
    expect(await idsRead()).toEqual([...links.keys()]);
    expect(await idsRead()).toEqual([...links.keys()]);
    expect(calls('imm:GetBinding')).toBe(2 * PARALLELISM);
    expect(calls('imm:ListBindings')).toBe(1);
  });
});

describe('deletes of bindings, eight at a time in eight datasets of a project', () => {
  it('send at most 1.6 requests each', async () => {
    emulator.reset();
    emulator.createProject('media');
    const names = Array.from({ length: 20 }, (_, index) => `dataset-${index}`);
    for (const name of names) emulator.createDataset('media', name);
    const provider = await startProvider();
    try {
      const inputs = [0, 1].flatMap((turn) => names.map((name) => bindingOf(name, `oss://${name}-${turn}`)));
      const links = await Promise.all(inputs.map((given) => provider.create(given)));
      emulator.clearStatistics();
      while (links.length > 0) {
        const some = links.splice(0, PARALLELISM);
        await Promise.all(some.map(({ id, outputs }) => provider.delete(id, outputs)));
      }
      expect(emulator.bindings()).toEqual([]);
      const sum = Object.values(emulator.statistics().actions).reduce((total, each) => total + each, 0);
      expect(sum / inputs.length).toBeLessThanOrEqual(1.6);
    } finally {
      await provider.stop();
    }
  });
});

describe('four stacks of 100 links that are destroyed at once', () => {
  const STACKS = ['north', 'east', 'south', 'west'];
  const LIMIT = 20;
  let stacks: Stack[];

  beforeAll(async () => {
    emulator.reset();
    stacks = await stacksOf(emulator, STACKS, 100);
  });
  afterAll(() => {
    emulator.setLimits({ mtsAccountPerSecond: false });
    for (const stack of stacks ?? []) stack.remove();
  });

  it.runIf(IS_WIDE)(
    'all succeed at the first run, and share the limit of their account to 85 % or more',
    async () => {
      emulator.clearJournal();
      emulator.setLimits({ mtsAccountPerSecond: LIMIT });
      await Promise.all(stacks.map((stack) => stack.destroy(...PARALLEL)));
      expect(emulator.isEmpty()).toBe(true);
      const removed = emulator
        .journal()
        .filter(({ action, code }) => action === 'UnbindOutputBucket' && code === '');
      expect(removed).toHaveLength(400);
      // It was the limit that held them up, and not the machine.
      expect(emulator.journal().some(({ code }) => code === 'Rejected.Throttling')).toBe(true);
      expect(rateWhileAllWork(removed)).toBeGreaterThanOrEqual(0.85 * LIMIT);
    },
  );

  /**
   * Requests a second between the moments at which the last stack has begun and the first has ended: how far apart
   * four engines start on a machine is no matter of the limit.
   */
  function rateWhileAllWork(removed: readonly JournalEntry[]): number {
    const times = STACKS.map((name) =>
      removed.filter(({ link }) => bucketOf(link).startsWith(`${name}-`)).map(({ time }) => time),
    );
    const begun = Math.max(...times.map((of) => Math.min(...of)));
    const ended = Math.min(...times.map((of) => Math.max(...of)));
    const within = removed.filter(({ time }) => time > begun && time <= ended);
    return within.length / ((ended - begun) / 1000);
  }
});
