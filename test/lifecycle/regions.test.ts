import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/index.js';
import { Stack } from '../support/cli/stack.js';
import { mutatingCalls } from './calls.js';

const [OLD, NEW, OWN] = ['cn-shanghai', 'cn-beijing', 'cn-hangzhou'];
const binding = (region: string) => `${region}/media/videos/oss://originals`;
const bucket = (region: string) => `${region}/renditions`;

let emulator: Emulator;
let stack: Stack;

beforeAll(async () => {
  emulator = await startEmulator();
  for (const region of [OLD, NEW, OWN]) {
    emulator.createProject('media', { region });
    emulator.createDataset('media', 'videos', { region });
  }
  stack = await Stack.make({
    emulator,
    config: { 'alicloud:region': OLD },
    resident: true,
    program: `
for (const [name, more] of [['configured', {}], ['own', { region: '${OWN}' }]]) {
  new imm.DatasetBinding(name, { projectName: 'media', datasetName: 'videos', uri: 'oss://originals', ...more });
  new mps.OutputBucket(name, { bucket: 'renditions', ...more });
}`,
  });
});
afterAll(async () => {
  stack?.remove();
  await emulator.close();
});

const configure = (region: string) => stack.succeed('config', 'set', 'alicloud:region', region);
/** Links, wherever they are. */
const links = () => [...emulator.bindings(), ...emulator.mediaBuckets()].map(({ link }) => link).sort();
/** The mutating calls about these links, in the order of their arrival. */
const about = (calls: readonly string[], ...ids: string[]) =>
  calls.filter((call) => ids.some((id) => call.includes(id)));

it('makes links in the configured region, and in that of the argument where there is one', async () => {
  await stack.up();
  expect(links()).toEqual([binding(OLD), binding(OWN), bucket(OLD), bucket(OWN)].sort());
  const regions = (await stack.links()).map(({ urn, outputs }) => [urn.split('::').at(-1), outputs.region]);
  expect(Object.fromEntries(regions)).toEqual({ configured: OLD, own: OWN });
  await stack.settled();
  mutatingCalls(emulator);
});

it('deletes in the region where a link is, whatever region is configured by then', async () => {
  await configure(NEW);
  await stack.succeed('destroy', '--yes', '--skip-preview', '--run-program');
  expect(mutatingCalls(emulator).sort()).toEqual([
    `DeleteBinding ${binding(OWN)}`,
    `DeleteBinding ${binding(OLD)}`,
    `UnbindOutputBucket ${bucket(OWN)}`,
    `UnbindOutputBucket ${bucket(OLD)}`,
  ]);
  expect(emulator.isEmpty()).toBe(true);
});

it('replaces the links when the configured region changes: the old one goes in its region, then the new one comes', async () => {
  await stack.up();
  expect(links()).toEqual([binding(NEW), binding(OWN), bucket(NEW), bucket(OWN)].sort());
  mutatingCalls(emulator);

  await configure(OLD);
  const preview = await stack.succeed('preview', '--diff');
  expect(preview.match(new RegExp(`region *: "${NEW}" => "${OLD}"`, 'g'))).toHaveLength(2);
  await stack.up();
  const calls = mutatingCalls(emulator);
  expect(about(calls, binding(OLD), binding(NEW))).toEqual([
    `DeleteBinding ${binding(NEW)}`,
    `CreateBinding ${binding(OLD)}`,
  ]);
  expect(about(calls, bucket(OLD), bucket(NEW))).toEqual([
    `UnbindOutputBucket ${bucket(NEW)}`,
    `BindOutputBucket ${bucket(OLD)}`,
  ]);
  expect(calls).toHaveLength(4);
  await stack.settled();

  await configure(NEW);
  await stack.destroy();
  expect(about(mutatingCalls(emulator), NEW)).toEqual([]);
  expect(emulator.isEmpty()).toBe(true);
});
