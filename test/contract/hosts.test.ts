import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/index.js';
import { pluginType, providerText } from '../../provider/lifecycle/description.js';
import { makeEnvironment } from '../../scripts/environment.js';
import { DynamicProcess, PEERS } from '../support/dynamic/dynamic-process.js';
import { CallError, type Properties } from '../support/dynamic/provider-process.js';
import { LINKS, type Link } from '../support/links/links.js';
import { PluginProcess } from '../support/plugin/plugin-process.js';
import { type Case, casesOf, type Hosted } from './host-cases.js';

let emulator: Emulator;
let dynamic: DynamicProcess;
let plugin: PluginProcess;
beforeAll(async () => {
  emulator = await startEmulator({ seed: 1, runningAfter: 1 });
  const environment = () =>
    makeEnvironment({ folder: mkdtempSync(join(tmpdir(), 'alicloud-media-')), url: emulator.url });
  [dynamic, plugin] = await Promise.all([
    DynamicProcess.start(PEERS.newest, environment()),
    PluginProcess.start(environment()),
  ]);
  await dynamic.configure({ 'alicloud-media:consistencyWindow': '0' });
  await plugin.configure({ consistencyWindow: '0' });
});
afterAll(async () => {
  await Promise.all([dynamic.stop(), plugin.stop()]);
  await emulator.close();
});

function inDynamicHost(provider: string): Hosted {
  const full = (properties: Properties) => ({ ...properties, __provider: provider });
  const own = ({ __provider: _, ...properties }: Properties) => properties;
  return {
    async check(news, olds) {
      const { inputs, failures } = await dynamic.check(full(news), olds && full(olds));
      return { inputs: own(inputs), failures };
    },
    diff: (id, olds, news) => dynamic.diff(id, full(olds), full(news)),
    async create(inputs) {
      const { id, outputs } = await dynamic.create(full(inputs));
      return { id, outputs: own(outputs) };
    },
    async read(id, outputs) {
      const read = await dynamic.read(id, full(outputs));
      return { id: read.id, outputs: own(read.outputs), inputs: own(read.inputs ?? {}) };
    },
    async update(id, olds, news) {
      return own(await dynamic.update(id, full(olds), full(news)));
    },
    delete: (id, outputs) => dynamic.delete(id, full(outputs)),
  };
}

function inPlugin(type: string): Hosted {
  return {
    check: (news, olds) => plugin.check(type, news, olds),
    async diff(id, olds, news) {
      const { details: _, ...diff } = await plugin.diff(type, id, olds, news);
      return diff;
    },
    create: (inputs) => plugin.create(type, inputs),
    async read(id, properties) {
      const { outputs = {}, inputs = {}, ...rest } = await plugin.read(type, id, properties);
      return { ...rest, outputs, inputs };
    },
    update: (id, olds, news) => plugin.update(type, id, olds, news),
    delete: (id, outputs) => plugin.delete(type, id, outputs),
  };
}

/** The answer of a case and what it sent, without what differs from run to run. */
async function outcomeOf({ given, run }: Case, link: Link, hosted: Hosted): Promise<unknown> {
  emulator.reset();
  emulator.allow();
  emulator.setBucketRules([]);
  emulator.clearFaults();
  emulator.createProject('media');
  emulator.createDataset('media', 'videos');
  given?.(emulator);
  const answer = await Promise.resolve(run(hosted, emulator)).catch((error: unknown) => error);
  // Reads are shared and repeated as time has it; what changes something is not.
  const sent = emulator
    .journal()
    .filter(({ action }) => [link.makes, link.removes].includes(action))
    .map(({ action, link: on, code }) => `${action} ${on} ${code}`);
  const left = emulator.links();
  return JSON.parse(
    JSON.stringify({ answer, sent, left }, plainError)
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+(Z|\+08:00)/g, 'TIME')
      .replaceAll(/RequestId [-0-9A-F]{36}/g, 'RequestId ID')
      .replaceAll(/"claim":"[\w-]+"/g, '"claim":"DRAWN"')
      // Where something differs the dynamic host leaves it to the engine to say what.
      .replaceAll('"changes":"unknown"', '"changes":"some"')
      .replaceAll(/"__provider":"[^}]*?\)",?/g, ''),
  );
}

function plainError(_: string, value: unknown): unknown {
  if (!(value instanceof CallError)) return value instanceof Error ? { error: value.stack } : value;
  const { __provider: __, ...properties } = value.kept?.properties ?? {};
  return { message: value.message, kept: value.kept && { ...value.kept, properties } };
}

describe.each(LINKS)('$title: both hosts answer alike, and change the same', (link) => {
  const { description } = link;

  it.each(casesOf(link).map((one) => ({ name: one.name, one })))('$name', async ({ one }) => {
    const expected = await outcomeOf(one, link, inDynamicHost(providerText(description)));
    expect(await outcomeOf(one, link, inPlugin(pluginType(description)))).toEqual(expected);
    // An outcome of nothing but failures of the test itself would be alike as well.
    expect(JSON.stringify(expected)).not.toContain('"error":');
  });
});
