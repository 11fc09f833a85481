import { beforeEach, expect, it } from 'vitest';
import { mutatingCalls } from '../lifecycle/calls.js';
import { IS_WIDE } from '../support/extent.js';
import { YamlSite } from './yaml-site.js';
import type { Resource } from './yaml-stack.js';

const site = YamlSite.forAll({
  options: { runningAfter: 1 },
});
beforeEach(() => {
  site.emulator.reset();
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
  const { stack } = site.yaml;
  site.yaml.declare({ library: project() });
  await stack.up();
  for (let index = 0; index < 23; index++) site.emulator.createDataset('library', `theirs-${index}`);
  site.emulator.attachBucket('library', 'theirs');
  site.emulator.createBinding('cn-shanghai/library/theirs-0/oss://theirs');
  const text = await stack.fail(['destroy', '--yes', '--skip-preview']);
  expect(text).toMatch(
    /waiting until what it holds is gone: 23 imm\.Dataset \(cn-shanghai\/library\/theirs-0/,
  );
  expect(text).toContain(
    'imm.Dataset cn-shanghai/library/theirs-0: not of this stack, as far as this run knows',
  );
  expect(text).toContain('and 5 more');
  expect(text).toContain('Nothing of them was removed.');
  const calls = mutatingCalls(site.emulator).filter((call) => call.startsWith('Delete'));
  expect(new Set(calls)).toEqual(new Set(['DeleteProject cn-shanghai/library StatusConflict']));
  for (let index = 0; index < 23; index++) site.emulator.deleteDataset('library', `theirs-${index}`);
  site.emulator.detachBucket('theirs');
  await stack.destroy();
  expect(site.emulator.links()).toEqual([]);
}, 60_000);

it.runIf(IS_WIDE)(
  'a trigger or a batch keeps the project, is named with its cure at once, and is left alone',
  async () => {
    const { stack } = site.yaml;
    site.yaml.declare({ library: project() });
    await stack.up();
    site.emulator.addJob('library', { kind: 'trigger', id: 'trigger-1' });
    const text = await stack.fail(['destroy', '--yes', '--skip-preview']);
    expect(text).toMatch(
      /trigger trigger-1: not of this stack[\s\S]*suspend it where it runs \(SuspendTrigger/,
    );
    expect(mutatingCalls(site.emulator).filter((call) => call.startsWith('Delete'))).toEqual([
      'DeleteProject cn-shanghai/library StatusConflict',
    ]);
    site.emulator.reset();
    await stack.succeed('refresh', '--yes', '--skip-preview');
  },
);

it('index entries keep a dataset, and are counted; forceDestroy removes as many as it may, says so first, and no more', async () => {
  const { stack } = site.yaml;
  site.yaml.declare({ library: project(), videos: dataset() });
  await stack.up();
  site.emulator.addEntries('library', 'videos', entries(250));
  const kept = await stack.fail(['destroy', '--yes', '--skip-preview']);
  expect(kept).toMatch(/250 index entries[\s\S]*set forceDestroy: true on it, run `pulumi up`/);

  site.yaml.declare({
    library: project(),
    videos: dataset({ forceDestroy: true, forceDestroyMaxEntries: 200 }),
  });
  await stack.up();
  mutatingCalls(site.emulator);
  const tooMany = await stack.fail(['destroy', '--yes', '--skip-preview']);
  expect(tooMany).toMatch(/has 250 index entries, and forceDestroy removes up to 200\. Nothing was removed/);
  expect(removals()).toBe(0);

  site.yaml.declare({ library: project(), videos: dataset({ forceDestroy: true }) });
  await stack.up();
  const gone = await stack.destroy();
  expect(gone).toMatch(/forceDestroy removes its 250 index entries first; the objects in OSS stay/);
  expect(gone).toMatch(/forceDestroy removed 250 index entries/);
  expect(removals()).toBe(3);
  expect(site.emulator.links()).toEqual([]);
}, 60_000);

it.runIf(IS_WIDE)(
  'forceDestroy does not act in a replacement',
  async () => {
    const { stack } = site.yaml;
    site.yaml.declare({ library: project(), videos: dataset({ forceDestroy: true }) });
    await stack.up();
    site.emulator.addEntries('library', 'videos', entries(3));
    site.yaml.declare({ library: project(), videos: dataset({ datasetName: 'films', forceDestroy: true }) });
    const text = await stack.fail(['up', '--yes', '--skip-preview']);
    expect(text).toMatch(
      /has 3 index entries, and forceDestroy does not act in a replacement\. Nothing was removed/,
    );
    expect(removals()).toBe(0);
    site.yaml.declare({});
    await stack.up();
    expect(site.emulator.links()).toEqual([]);
  },
  60_000,
);

/** How many requests removed entries. */
function removals(): number {
  return site.emulator.journal().filter(({ action }) => action === 'BatchDeleteFileMeta').length;
}
