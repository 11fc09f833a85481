import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  type Emulator,
  startEmulator,
  TEST_ACCESS_KEY_ID,
  TEST_ACCESS_KEY_SECRET,
} from '../../emulator/index.js';
import { pluginType } from '../../provider/lifecycle/description.js';
import { mutatingCalls } from '../lifecycle/calls.js';
import { LINKS } from '../links.js';
import { Rpc } from '../unit/emulator/rpc.js';
import { YamlStack } from './yaml-stack.js';

const BINDING = 'alicloud-media:imm:DatasetBinding';
const BUCKET = 'alicloud-media:mps:OutputBucket';

/** More than a double holds. */
const HUGE = '9223372036854775807';

let emulator: Emulator;
let yaml: YamlStack;
beforeEach(async () => {
  emulator = await startEmulator();
  emulator.createProject('media');
  yaml = await YamlStack.make({ emulator });
  yaml.write('resources: {}\n');
});
afterEach(async () => {
  yaml.stack.remove();
  await emulator.close();
});

/** Puts the code that an import wrote in the place of the program. */
function takeCode(): string {
  const code = readFileSync(join(yaml.stack.folder, 'imported.yaml'), 'utf8');
  yaml.write(code);
  return code;
}

const importing = (...args: string[]) =>
  yaml.stack.run(['import', '--yes', '--skip-preview', '--protect=false', '--out', 'imported.yaml', ...args]);

it("imports each resource by its id, writes the code, and the next preview is empty; then it is the stack's own", async () => {
  emulator.createDataset('media', 'videos');
  emulator.createBinding('cn-shanghai/media/videos/oss://originals');
  emulator.bindOutputBucket('renditions');
  const first = await importing(BINDING, 'main', 'cn-shanghai/media/videos/oss://originals');
  expect(first.code, first.text).toBe(0);
  const binding = takeCode();
  expect(binding).toMatch(/type: alicloud-media:imm:DatasetBinding/);
  expect(binding).toMatch(/uri: oss:\/\/originals/);
  await yaml.stack.settled();

  const second = await importing(BUCKET, 'out', 'cn-shanghai/renditions');
  expect(second.code, second.text).toBe(0);
  const bucket = takeCode();
  expect(bucket).toMatch(/bucket: renditions/);
  yaml.write(`${binding}${bucket.slice(bucket.indexOf('\n') + 1)}`);
  await yaml.stack.settled();
  expect(mutatingCalls(emulator)).toEqual([]);

  await yaml.stack.destroy();
  expect(emulator.isEmpty()).toBe(true);
});

it('tells an id that does not exist, and one that is none, apart, and changes nothing', async () => {
  emulator.createDataset('media', 'videos');
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
  expect(mutatingCalls(emulator)).toEqual([]);
  expect(await yaml.stack.links()).toEqual([]);
});

it('imports one of each resource from a file, a size above 2^53 to the last digit, and the next preview of the code is empty', async () => {
  emulator.createDataset('media', 'videos');
  const key = { accessKeyId: TEST_ACCESS_KEY_ID, accessKeySecret: TEST_ACCESS_KEY_SECRET };
  const imm = new Rpc(emulator.url, '2020-09-30', key);
  await imm.ok('CreateProject', { ProjectName: 'ours', DatasetMaxTotalFileSize: HUGE });
  for (const link of LINKS) if (link.title !== 'imm.Project') link.make(emulator);
  emulator.clearJournal();
  const resources = LINKS.map(({ description, id }) => ({
    type: pluginType(description),
    name: description.entry,
    id,
  }));
  yaml.stack.file('links.json', JSON.stringify({ resources }));
  const { code, text } = await importing('--file', 'links.json');
  expect(code, text).toBe(0);
  expect((await yaml.stack.links()).map(({ id }) => id).sort()).toEqual(LINKS.map(({ id }) => id).sort());
  const project = (await yaml.stack.links()).find(({ type }) => type.endsWith(':Project'));
  expect(project?.outputs.datasetMaxTotalFileSize).toBe(HUGE);
  expect(takeCode()).toContain(HUGE);
  await yaml.stack.settled();
  expect(mutatingCalls(emulator)).toEqual([]);
});

it('imports 400 links from a file, and the next preview of the code is empty', async () => {
  const datasets = Array.from({ length: 32 }, (_, number) => `dataset-${number}`);
  const bindings = datasets.flatMap((dataset) => {
    emulator.createDataset('media', dataset);
    return Array.from(
      { length: 10 },
      (_, number) => `cn-shanghai/media/${dataset}/oss://${dataset}-${number}`,
    );
  });
  for (const id of bindings) emulator.createBinding(id);
  const buckets = Array.from({ length: 80 }, (_, number) => `renditions-${number}`);
  for (const bucket of buckets) emulator.bindOutputBucket(bucket);
  const resources = [
    ...bindings.map((id, number) => ({ type: BINDING, name: `binding-${number}`, id })),
    ...buckets.map((bucket, number) => ({
      type: BUCKET,
      name: `bucket-${number}`,
      id: `cn-shanghai/${bucket}`,
    })),
  ];
  expect(resources).toHaveLength(400);
  yaml.stack.file('links.json', JSON.stringify({ resources }));
  const { code, text } = await importing('--file', 'links.json');
  expect(code, text).toBe(0);
  expect(await yaml.stack.links()).toHaveLength(400);
  takeCode();
  await yaml.stack.settled();
  expect(mutatingCalls(emulator)).toEqual([]);
  // Reads of a dataset and of a region are shared, at any number of links.
  const journal = emulator.journal();
  expect(journal.filter(({ action }) => action === 'ListAllMediaBucket').length).toBeLessThan(30);
});
