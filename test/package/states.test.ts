import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/index.js';
import { type Host, type ResourceState, Stack } from '../support/cli/stack.js';
import { IS_WIDE } from '../support/extent.js';
import { VersionedProject, whyNoCode } from './built-version.js';
import { programOf, VERSIONS, type Version } from './versions.js';

/** Each was exported from a stack of that version, on the emulator; only what is in LEFT_OUT below was taken out. */
const STATES = join(__dirname, 'states');
const { PULUMI_ALICLOUD_MEDIA_RECORD: toRecord } = process.env;

interface Case {
  readonly version: Version;
  readonly host: Host;
  readonly file: string;
}
const CASES: readonly Case[] = VERSIONS.flatMap((version) =>
  version.hosts.map((host) => ({ version, host, file: `${version.name}.${host}.json` })),
);
/** Each host once in `npm test`, of the first version that had it. */
const OLDEST = CASES.filter(({ host }, index) => CASES.findIndex((one) => one.host === host) === index);

let emulator: Emulator;
let stack: Stack | undefined;
/** The emulator's clock stands here while it makes what the state names; undefined: the time of day. */
let at: number | undefined;

beforeEach(async () => {
  emulator = await startEmulator({ clock: { now: () => at ?? Date.now() } });
  emulator.createProject('media');
  emulator.createDataset('media', 'videos');
});
afterEach(async () => {
  stack?.remove();
  stack = undefined;
  await emulator.close();
});

/** What every case begins with, and what is to be left. */
const NOT_OURS = ['cn-shanghai/media', 'cn-shanghai/media/videos'];
const ours = () => emulator.links().filter((link) => !NOT_OURS.includes(link));

function recorded(file: string): readonly ResourceState[] {
  const { deployment } = JSON.parse(readFileSync(join(STATES, file), 'utf8')) as {
    deployment: { resources: readonly ResourceState[] };
  };
  return deployment.resources.filter(({ type }) => /^(pulumi-nodejs:dynamic\/)?alicloud-media:/.test(type));
}

/** Makes what a resource of a state stands for, at the time at which the state says that it was made. */
function place({ type, id = '', outputs }: ResourceState): void {
  const text = (name: string) => String(outputs[name]);
  if (typeof outputs.createTime === 'string') at = Date.parse(outputs.createTime);
  const kind = type.split(':').at(-1) ?? '';
  const makers: Readonly<Record<string, () => void>> = {
    DatasetBinding: () => emulator.createBinding(id),
    OutputBucket: () => emulator.bindOutputBucket(text('bucket')),
    InputBucket: () => emulator.bindInputBucket(text('bucket')),
    Project: () => emulator.createProject(text('projectName')),
    Dataset: () => emulator.createDataset(text('projectName'), text('datasetName')),
    BucketAttachment: () => emulator.attachBucket(text('projectName'), text('bucket')),
  };
  const make = makers[kind];
  if (make === undefined) throw new Error(`nothing makes a ${kind}`);
  make();
  at = undefined;
}

it.each(IS_WIDE ? CASES : OLDEST)(
  'previews nothing on the state $file of an older version, and destroys it',
  async ({ version, host, file }) => {
    for (const resource of recorded(file)) place(resource);
    const made = recorded(file).length;
    expect(ours()).toHaveLength(made);

    stack = await Stack.make({ emulator, program: programOf(version), host, resident: true });
    await stack.succeed('stack', 'import', '--file', join(STATES, file));
    // A refresh by itself shows what the emulator's time has more digits of than the recorded one.
    await stack.settled('together');
    await stack.refresh();
    expect(await stack.links()).toHaveLength(made);
    await stack.destroy();
    const removed = emulator
      .journal()
      .filter(({ action, code }) => /^(Delete|Unbind|Detach)/.test(action) && !code);
    expect(removed).toHaveLength(made);
    expect(ours()).toEqual([]);
  },
);

describe.each(IS_WIDE ? CASES : [])(
  'the code of version $version.name, as $host host',
  ({ version, host }) => {
    it('refreshes and destroys what this version has made, and this one what it has made', async ({
      skip,
    }) => {
      const why = await whyNoCode(version);
      if (why !== undefined) skip(why);
      // The first version knew an answer of the service as it was assumed then.
      emulator.set({ createReplyTimeOffMs: 0 });
      const project = await VersionedProject.make(version);
      stack = await Stack.make({ emulator, program: programOf(version), host, folder: project.folder });
      for (const [maker, remover] of [
        ['checkout', 'version'],
        ['version', 'checkout'],
      ] as const) {
        project.use(maker);
        await stack.up();
        const made = ours();
        expect(made).toHaveLength(version.hasObjects ? 6 : 2);
        project.use(remover);
        await stack.refresh();
        expect(await stack.links(), `made by ${maker}`).toHaveLength(made.length);
        expect(ours()).toEqual(made);
        await stack.destroy();
        expect(await stack.links()).toEqual([]);
        expect(ours(), `removed by ${remover}`).toEqual([]);
      }
    });
  },
);

it('holds a state of every version, by each host that it had, and of no other', () => {
  expect(readdirSync(STATES).sort()).toEqual(CASES.map(({ file }) => file).sort());
});

it('holds a state of this version', () => {
  const { version } = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8'));
  expect(VERSIONS.some(({ name }) => name.startsWith(version))).toBe(true);
});

/** Places in source files, and how the tests encrypt. */
const LEFT_OUT = ['sourcePosition', 'stackTrace', 'secrets_providers'];

// Of a version that was added, once: PULUMI_ALICLOUD_MEDIA_RECORD=<name> npx vitest run --project package test/package/states.test.ts
it
  .runIf(toRecord)
  .each(CASES.filter(({ version, file }) => version.name === toRecord && !existsSync(join(STATES, file))))(
  'records the state $file',
  async ({ version, host, file }) => {
    const project = await VersionedProject.make(version);
    project.use('version');
    stack = await Stack.make({ emulator, program: programOf(version), host, folder: project.folder });
    await stack.up();
    const exported = JSON.parse(await stack.exported(), (key, value) =>
      LEFT_OUT.includes(key) ? undefined : value,
    );
    writeFileSync(join(STATES, file), `${JSON.stringify(exported, undefined, 2)}\n`);
  },
);
