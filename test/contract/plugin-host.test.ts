import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { TEST_ACCESS_KEY_ID, TEST_ACCESS_KEY_SECRET, TEST_ACCOUNT_ID } from '../../emulator/index.js';
import { EngineServer } from '../support/dynamic/engine-server.js';
import type { CallError } from '../support/dynamic/provider-process.js';
import { LINKS } from '../support/links/links.js';
import { urnOf } from '../support/plugin/plugin-client.js';
import { BINDING, BUCKET, LINK, LINK_ID, PluginWorld } from './plugin-world.js';

const FUNCTION = 'alicloud-media:imm:getDatasetBinding';
const UNIMPLEMENTED = 12;
/** The plugin loads what a link needs with the first one, which takes its time where the machine is busy. */
const PATIENCE = { timeout: 20_000 };
const SCRIPT = resolve(__dirname, '../../bin/pulumi-resource-alicloud-media');
const VERSION: string = JSON.parse(readFileSync(resolve(__dirname, '../../package.json'), 'utf8')).version;

const world = PluginWorld.make();

describe('the provider as a whole', () => {
  it('shakes hands, takes an address later, and tells its version', async () => {
    expect(await world.plugin.handshake(world.engine.address)).toMatchObject({
      acceptSecrets: false,
      acceptResources: false,
    });
    await world.plugin.attach(world.engine.address);
    expect(await world.plugin.version()).toBe(VERSION);
  });

  it('prints its version and ends, where a person asks for that alone', () => {
    const options = { encoding: 'utf8', timeout: 10_000 } as const;
    expect(execFileSync(process.execPath, [SCRIPT, '--version'], options)).toBe(`${VERSION}\n`);
  });

  it('finds the address of the engine among the flags that the engine hands on', async () => {
    await world.plugin.stop();
    await world.start({}, '--logtostderr', '-v=9', '--tracing', 'file:./trace');
    await world.plugin.configure({ consistencyWindow: '0' });
    await world.plugin.delete(BINDING, LINK_ID, (await world.plugin.create(BINDING, LINK)).outputs);
    expect(world.engine.logged).toContainEqual(
      expect.objectContaining({ text: expect.stringContaining('DeleteBinding') }),
    );
    expect(world.plugin.printed).toBe('');
  });

  it('gives the schema that is checked in', async () => {
    expect(await world.plugin.schema()).toBe(
      readFileSync(resolve(__dirname, '../../provider/schema.json'), 'utf8'),
    );
  });

  it('answers what it does not have as the protocol wants it', async () => {
    await expect(world.plugin.parameterize()).rejects.toMatchObject({ code: UNIMPLEMENTED });
  });

  it('refuses a resource and a function that it does not have, and names those it has', async () => {
    const titles = LINKS.map(({ title }) => title).sort();
    await world.plugin.configure();
    await expect(world.plugin.check('alicloud-media:imm:Binding', {})).rejects.toThrow(
      `alicloud-media:imm:Binding is no resource of alicloud-media; it has ${titles.join(', ')}.`,
    );
    await expect(world.plugin.invoke('alicloud-media:imm:getBinding', {})).rejects.toThrow(
      'imm.getDatasetBinding',
    );
  });

  it('ends by itself when the engine that started it was killed', async () => {
    // The same child, started by a parent that dies at once.
    const parent = `const { spawn } = require('node:child_process');
      const child = spawn(process.execPath, [${JSON.stringify(SCRIPT)}], { stdio: ['ignore', 'pipe', 'inherit'], detached: true });
      child.stdout.once('data', () => { console.log(child.pid); process.exit(0); });`;
    const pid = Number(execFileSync(process.execPath, ['-e', parent], { encoding: 'utf8' }));
    await expect.poll(() => isRunning(pid), { timeout: 10_000, interval: 200 }).toBe(false);
  });
});

describe('a step', () => {
  beforeEach(() => world.plugin.configure({ consistencyWindow: '0' }));

  it('imports from an id alone, and says nothing is there where nothing is', async () => {
    world.emulator.createBinding(LINK_ID);
    expect(await world.plugin.read(BINDING, LINK_ID)).toEqual({
      id: LINK_ID,
      inputs: LINK,
      outputs: {
        ...LINK,
        accountId: TEST_ACCOUNT_ID,
        status: 'Active',
        createTime: expect.any(String),
        __link: { claim: expect.any(String) },
      },
    });
    expect(await world.plugin.read(BUCKET, 'cn-shanghai/nobodys')).toMatchObject({ id: '' });
    await expect(world.plugin.read(BUCKET, 'nobodys')).rejects.toThrow('An id is {region}/{bucket}');
  });

  it('shows beside its resource what it waits for, and in a delete what it stopped', async () => {
    world.emulator.setRunningAfter(1_000);
    const { id, outputs } = await world.plugin.create(BINDING, LINK);
    world.emulator.setRunningAfter(1);
    const statuses = world.engine.logged.filter(({ isStatus }) => isStatus);
    expect(statuses.length).toBeGreaterThan(1);
    for (const { text, urn } of statuses) {
      expect(text).toMatch(/^waiting until it is Running: State Ready, \d+ m?s$/);
      expect(urn).toBe(urnOf(BINDING));
    }
    world.engine.logged.length = 0;
    await world.plugin.delete(BINDING, id, outputs);
    expect(world.engine.logged.filter(({ severity, isStatus }) => severity === 'info' && !isStatus)).toEqual([
      expect.objectContaining({
        urn: urnOf(BINDING),
        text: expect.stringMatching(/DeleteBinding .* New changes in the bucket are not indexed any more\.$/),
      }),
    ]);
  });

  it('ends within the timeout that the engine asks for, and keeps what it made', async () => {
    world.emulator.setBucketRules([{ bucketContains: 'originals', outcome: 'Ready', reason: '' }]);
    const started = Date.now();
    const error = await world.plugin.create(BINDING, LINK, { timeout: 2 }).catch((thrown: unknown) => thrown);
    expect(Date.now() - started).toBeLessThan(5_000);
    expect(error).toMatchObject({
      message: expect.stringContaining('last seen: State Ready'),
      kept: { id: LINK_ID, properties: { ...LINK, __link: { claim: expect.any(String), waiting: true } } },
    });
  });

  it('that is cancelled ends in less than two seconds, with what it knows', async () => {
    world.emulator.setBucketRules([{ bucketContains: 'originals', outcome: 'Ready', reason: '' }]);
    const creating = world.plugin.create(BINDING, LINK).catch((thrown: unknown) => thrown);
    await expect.poll(() => world.emulator.bindings(), PATIENCE).toHaveLength(1);
    const started = Date.now();
    await world.plugin.cancel();
    expect(await creating).toMatchObject({
      message: expect.stringContaining('the run was interrupted'),
      kept: { id: LINK_ID, properties: { ...LINK, __link: { claim: expect.any(String), waiting: true } } },
    });
    expect(Date.now() - started).toBeLessThan(2_000);
    world.emulator.clearJournal();
    await expect(world.plugin.delete(BINDING, LINK_ID, LINK)).rejects.toThrow('the run was interrupted');
    expect(world.actions()).toEqual([]);

    // An engine that attached to a plugin under a debugger comes back with another run.
    const another = await EngineServer.start();
    await world.plugin.attach(another.address);
    await world.plugin.configure({ consistencyWindow: '0' });
    await world.plugin.delete(BINDING, LINK_ID, LINK);
    expect(world.emulator.isEmpty()).toBe(true);
    expect(another.logged.map(({ text }) => text)).toContainEqual(expect.stringContaining('DeleteBinding'));
    expect(world.plugin.printed).toBe('');
    another.close();
  });

  it('that was begun before the provider was configured once more is cancelled like the others', async () => {
    world.emulator.setBucketRules([{ bucketContains: 'originals', outcome: 'Ready', reason: '' }]);
    const creating = world.plugin.create(BINDING, LINK, { timeout: 20 }).catch(String);
    await expect.poll(() => world.emulator.bindings(), PATIENCE).toHaveLength(1);
    await world.plugin.configure({ consistencyWindow: '0' });
    const another = { ...LINK, uri: 'oss://more-originals' };
    const after = world.plugin.create(BINDING, another, { timeout: 20 }).catch(String);
    await expect.poll(() => world.emulator.bindings(), PATIENCE).toHaveLength(2);
    const started = Date.now();
    await world.plugin.cancel();
    for (const message of await Promise.all([creating, after]))
      expect(message).toContain('the run was interrupted');
    expect(Date.now() - started).toBeLessThan(2_000);
  });

  it('of many at once is cancelled for all of them without a warning of the runtime', async () => {
    world.emulator.addFault({ kind: 'throttled', action: 'BindOutputBucket', times: 'always' });
    const names = Array.from({ length: 30 }, (_, number) => `renditions-${number}`);
    const all = names.map((bucket) =>
      world.plugin.create(BUCKET, { bucket, region: 'cn-shanghai' }).catch(String),
    );
    await expect.poll(() => world.actions(), PATIENCE).toContain('BindOutputBucket');
    await world.plugin.cancel();
    for (const message of await Promise.all(all)) expect(message).toContain('the run was interrupted');
    expect(world.plugin.printed).toBe('');
  });

  it('that fails says so with a code by which the engine knows how it ended', async () => {
    world.emulator.deny({ action: 'mts:BindOutputBucket' });
    await expect(
      world.plugin.create(BUCKET, { bucket: 'renditions', region: 'cn-shanghai' }),
    ).rejects.toSatisfy(
      ({ code, message }: CallError) =>
        // UNKNOWN, INTERNAL and DATA_LOSS would be kept as an operation that is still under way.
        ![2, 13, 15].includes(code) && /^cannot create mps.OutputBucket .*AccessDenied/.test(message),
    );
    world.emulator.allow();
  });

  it('shows no key and no signature, under DEBUG=* too', async () => {
    await world.plugin.stop();
    await world.start({ DEBUG: '*' });
    await world.plugin.configure({ consistencyWindow: '0' });
    const { id, outputs } = await world.plugin.create(BUCKET, {
      bucket: 'renditions',
      region: 'cn-shanghai',
    });
    await world.plugin.delete(BUCKET, id, outputs);
    const told = [world.plugin.printed, JSON.stringify(world.engine.logged), JSON.stringify(outputs)].join();
    for (const secret of [TEST_ACCESS_KEY_ID, TEST_ACCESS_KEY_SECRET, 'Signature='])
      expect(told).not.toContain(secret);
  });
});

describe('the function', () => {
  beforeEach(() => world.plugin.configure());
  const { region: _, ...given } = LINK;

  it('answers the live state', async () => {
    world.emulator.createBinding(LINK_ID);
    const { result } = await world.plugin.invoke(FUNCTION, given);
    expect(result).toEqual({
      id: LINK_ID,
      state: expect.stringMatching(/^(Ready|Running)$/),
      phase: expect.any(String),
      reason: '',
      createTime: expect.any(String),
    });
  });

  it('names every bad argument, and fails where there is no such binding', async () => {
    const { failures, result } = await world.plugin.invoke(FUNCTION, {
      ...given,
      uri: 'https://x',
      bucket: 'y',
    });
    expect(Object.keys(failures).sort()).toEqual(['bucket', 'uri']);
    expect(result).toBeUndefined();
    await expect(world.plugin.invoke(FUNCTION, given)).rejects.toThrow(`${LINK_ID}: it does not exist.`);
  });
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
