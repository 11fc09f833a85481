import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { TEST_ACCESS_KEY_ID, TEST_ACCESS_KEY_SECRET } from '../../emulator/index.js';
import { pluginType } from '../../provider/lifecycle/description.js';
import { mutatingCalls } from '../lifecycle/calls.js';
import { IS_WIDE } from '../support/extent.js';
import { LINKS } from '../support/links/links.js';
import { Rpc } from '../unit/emulator/rpc.js';
import { YamlSite } from './yaml-site.js';

const BINDING = 'alicloud-media:imm:DatasetBinding';
const BUCKET = 'alicloud-media:mps:OutputBucket';

/** More than a double holds. */
const HUGE = '9223372036854775807';

const site = YamlSite.forEach({
  given(emulator) {
    emulator.createProject('media');
  },
});
beforeEach(() => {
  site.yaml.write('resources: {}\n');
});

/** Puts the code that an import wrote in the place of the program. */
function takeCode(): string {
  const code = readFileSync(join(site.yaml.stack.folder, 'imported.yaml'), 'utf8');
  site.yaml.write(code);
  return code;
}

const importing = (...args: string[]) =>
  site.yaml.stack.run([
    'import',
    '--yes',
    '--skip-preview',
    '--protect=false',
    '--out',
    'imported.yaml',
    ...args,
  ]);

it("imports each resource by its id, writes the code, and the next preview is empty; then it is the stack's own", async () => {
  site.emulator.createDataset('media', 'videos');
  site.emulator.createBinding('cn-shanghai/media/videos/oss://originals');
  site.emulator.bindOutputBucket('renditions');
  const first = await importing(BINDING, 'main', 'cn-shanghai/media/videos/oss://originals');
  expect(first.code, first.text).toBe(0);
  const binding = takeCode();
  expect(binding).toMatch(/type: alicloud-media:imm:DatasetBinding/);
  expect(binding).toMatch(/uri: oss:\/\/originals/);
  await site.yaml.stack.settled();

  const second = await importing(BUCKET, 'out', 'cn-shanghai/renditions');
  expect(second.code, second.text).toBe(0);
  const bucket = takeCode();
  expect(bucket).toMatch(/bucket: renditions/);
  site.yaml.write(`${binding}${bucket.slice(bucket.indexOf('\n') + 1)}`);
  await site.yaml.stack.settled();
  expect(mutatingCalls(site.emulator)).toEqual([]);

  await site.yaml.stack.destroy();
  expect(site.emulator.isEmpty()).toBe(true);
});

it.runIf(IS_WIDE)(
  'tells an id that does not exist, and one that is none, apart, and changes nothing',
  async () => {
    site.emulator.createDataset('media', 'videos');
    const cases = [
      [
        BINDING,
        'cn-shanghai/media/videos/oss://nobodys',
        /resource 'cn-shanghai\/media\/videos\/oss:\/\/nobodys' does not exist/,
      ],
      [BUCKET, 'cn-shanghai/nobodys', /resource 'cn-shanghai\/nobodys' does not exist/],
      [
        BINDING,
        'oss://originals',
        /this is no id of it\. An id is \{region\}\/\{projectName\}\/\{datasetName\}\/\{uri\}, such as cn-shanghai\//,
      ],
      [
        BUCKET,
        'renditions',
        /this is no id of it\. An id is \{region\}\/\{bucket\}, such as cn-shanghai\/my-bucket/,
      ],
    ] as const;
    for (const [type, id, message] of cases) {
      const { code, text } = await importing(type, 'main', id);
      expect(code, text).not.toBe(0);
      expect(text).toMatch(message);
    }
    expect(mutatingCalls(site.emulator)).toEqual([]);
    expect(await site.yaml.stack.links()).toEqual([]);
  },
);

it('imports one of each resource from a file, a size above 2^53 to the last digit, and the next preview of the code is empty', async () => {
  site.emulator.createDataset('media', 'videos');
  const key = { accessKeyId: TEST_ACCESS_KEY_ID, accessKeySecret: TEST_ACCESS_KEY_SECRET };
  const imm = new Rpc(site.emulator.url, '2020-09-30', key);
  await imm.ok('CreateProject', { ProjectName: 'ours', DatasetMaxTotalFileSize: HUGE });
  for (const link of LINKS) if (link.title !== 'imm.Project') link.make(site.emulator);
  site.emulator.clearJournal();
  const resources = LINKS.map(({ description, id }) => ({
    type: pluginType(description),
    name: description.entry,
    id,
  }));
  site.yaml.stack.file('links.json', JSON.stringify({ resources }));
  const { code, text } = await importing('--file', 'links.json');
  expect(code, text).toBe(0);
  expect((await site.yaml.stack.links()).map(({ id }) => id).sort()).toEqual(
    LINKS.map(({ id }) => id).sort(),
  );
  const project = (await site.yaml.stack.links()).find(({ type }) => type.endsWith(':Project'));
  expect(project?.outputs.datasetMaxTotalFileSize).toBe(HUGE);
  expect(takeCode()).toContain(HUGE);
  await site.yaml.stack.settled();
  expect(mutatingCalls(site.emulator)).toEqual([]);
});

it.runIf(IS_WIDE)('imports 400 links from a file, and the next preview of the code is empty', async () => {
  const datasets = Array.from({ length: 32 }, (_, number) => `dataset-${number}`);
  const bindings = datasets.flatMap((dataset) => {
    site.emulator.createDataset('media', dataset);
    return Array.from(
      { length: 10 },
      (_, number) => `cn-shanghai/media/${dataset}/oss://${dataset}-${number}`,
    );
  });
  for (const id of bindings) site.emulator.createBinding(id);
  const buckets = Array.from({ length: 80 }, (_, number) => `renditions-${number}`);
  for (const bucket of buckets) site.emulator.bindOutputBucket(bucket);
  const resources = [
    ...bindings.map((id, number) => ({ type: BINDING, name: `binding-${number}`, id })),
    ...buckets.map((bucket, number) => ({
      type: BUCKET,
      name: `bucket-${number}`,
      id: `cn-shanghai/${bucket}`,
    })),
  ];
  expect(resources).toHaveLength(400);
  site.yaml.stack.file('links.json', JSON.stringify({ resources }));
  const { code, text } = await importing('--file', 'links.json');
  expect(code, text).toBe(0);
  expect(await site.yaml.stack.links()).toHaveLength(400);
  takeCode();
  await site.yaml.stack.settled();
  expect(mutatingCalls(site.emulator)).toEqual([]);
  // Reads of a dataset and of a region are shared, at any number of links.
  const journal = site.emulator.journal();
  expect(journal.filter(({ action }) => action === 'ListAllMediaBucket').length).toBeLessThan(30);
});
