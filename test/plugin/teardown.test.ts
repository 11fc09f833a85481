import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/index.js';
import { mutatingCalls } from '../lifecycle/calls.js';
import { type Resource, YamlStack } from './yaml-stack.js';

let emulator: Emulator;
let yaml: YamlStack;

beforeAll(async () => {
  emulator = await startEmulator({ runningAfter: 1 });
  yaml = await YamlStack.make({ emulator });
});
afterAll(async () => {
  yaml?.stack.remove();
  await emulator.close();
});
beforeEach(() => {
  emulator.reset();
});

const project = (more: Record<string, unknown> = {}): Resource => ({
  type: 'alicloud-media:imm:Project',
  properties: { projectName: 'library', ...more },
  options: { customTimeouts: { delete: '2s' } },
});
const dataset = (more: Record<string, unknown> = {}): Resource => ({
  type: 'alicloud-media:imm:Dataset',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: of the program in YAML
  properties: { projectName: '${library.projectName}', datasetName: 'videos', ...more },
});
const entries = (count: number) =>
  Array.from({ length: count }, (_, index) => `oss://originals/${index}.mp4`);

it('a project that holds what others made is kept, with what it holds by name, and whose it is', async () => {
  const { stack } = yaml;
  yaml.declare({ library: project() });
  await stack.up();
  for (let index = 0; index < 23; index++) emulator.createDataset('library', `theirs-${index}`);
  emulator.attachBucket('library', 'theirs');
  emulator.createBinding('cn-shanghai/library/theirs-0/oss://theirs');
  const text = await stack.fail(['destroy', '--yes', '--skip-preview']);
  expect(text).toMatch(
    /waiting until what it holds is gone: 23 imm\.Dataset \(cn-shanghai\/library\/theirs-0/,
  );
  expect(text).toContain(
    'imm.Dataset cn-shanghai/library/theirs-0: not of this stack, as far as this run knows',
  );
  expect(text).toContain('and 5 more');
  expect(text).toContain('Nothing of them was removed.');
  const calls = mutatingCalls(emulator).filter((call) => call.startsWith('Delete'));
  expect(new Set(calls)).toEqual(new Set(['DeleteProject cn-shanghai/library StatusConflict']));
  for (let index = 0; index < 23; index++) emulator.deleteDataset('library', `theirs-${index}`);
  emulator.detachBucket('theirs');
  await stack.destroy();
  expect(emulator.links()).toEqual([]);
}, 60_000);

it('a trigger or a batch keeps the project, is named with its cure at once, and is left alone', async () => {
  const { stack } = yaml;
  yaml.declare({ library: project() });
  await stack.up();
  emulator.addJob('library', { kind: 'trigger', id: 'trigger-1' });
  const text = await stack.fail(['destroy', '--yes', '--skip-preview']);
  expect(text).toMatch(
    /trigger trigger-1: not of this stack[\s\S]*suspend it where it runs \(SuspendTrigger/,
  );
  expect(mutatingCalls(emulator).filter((call) => call.startsWith('Delete'))).toEqual([
    'DeleteProject cn-shanghai/library StatusConflict',
  ]);
  emulator.reset();
  await stack.succeed('refresh', '--yes', '--skip-preview');
});

it('index entries keep a dataset, and are counted; forceDestroy removes as many as it may, says so first, and no more', async () => {
  const { stack } = yaml;
  yaml.declare({ library: project(), videos: dataset() });
  await stack.up();
  emulator.addEntries('library', 'videos', entries(250));
  const kept = await stack.fail(['destroy', '--yes', '--skip-preview']);
  expect(kept).toMatch(/250 index entries[\s\S]*set forceDestroy: true on it, run `pulumi up`/);

  yaml.declare({ library: project(), videos: dataset({ forceDestroy: true, forceDestroyMaxEntries: 200 }) });
  await stack.up();
  mutatingCalls(emulator);
  const tooMany = await stack.fail(['destroy', '--yes', '--skip-preview']);
  expect(tooMany).toMatch(/has 250 index entries, and forceDestroy removes up to 200\. Nothing was removed/);
  expect(removals()).toBe(0);

  yaml.declare({ library: project(), videos: dataset({ forceDestroy: true }) });
  await stack.up();
  const gone = await stack.destroy();
  expect(gone).toMatch(/forceDestroy removes its 250 index entries first; the objects in OSS stay/);
  expect(gone).toMatch(/forceDestroy removed 250 index entries/);
  expect(removals()).toBe(3);
  expect(emulator.links()).toEqual([]);
}, 60_000);

it('forceDestroy does not act in a replacement', async () => {
  const { stack } = yaml;
  yaml.declare({ library: project(), videos: dataset({ forceDestroy: true }) });
  await stack.up();
  emulator.addEntries('library', 'videos', entries(3));
  yaml.declare({ library: project(), videos: dataset({ datasetName: 'films', forceDestroy: true }) });
  const text = await stack.fail(['up', '--yes', '--skip-preview']);
  expect(text).toMatch(
    /has 3 index entries, and forceDestroy does not act in a replacement\. Nothing was removed/,
  );
  expect(removals()).toBe(0);
  yaml.declare({});
  await stack.up();
  expect(emulator.links()).toEqual([]);
}, 60_000);

/** How many requests removed entries. */
function removals(): number {
  return emulator.journal().filter(({ action }) => action === 'BatchDeleteFileMeta').length;
}
