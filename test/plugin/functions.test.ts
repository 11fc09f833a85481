import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/index.js';
import { mutatingCalls } from '../lifecycle/calls.js';
import { YamlStack } from './yaml-stack.js';

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

const to = (name: string) => `$\{${name}}`;
const invoke = (name: string, given: Record<string, unknown>) => ({
  'fn::invoke': { function: `alicloud-media:${name}`, arguments: given },
});

it('a program in YAML asks for a project, a dataset, its bindings, one of them and the media buckets, and makes nothing by it', async () => {
  const names = { projectName: to('library.projectName') };
  const dataset = { ...names, datasetName: to('videos.datasetName') };
  const resources = {
    library: { type: 'alicloud-media:imm:Project', properties: { projectName: 'library' } },
    videos: { type: 'alicloud-media:imm:Dataset', properties: { ...names, datasetName: 'videos' } },
    originals: {
      type: 'alicloud-media:imm:DatasetBinding',
      properties: { ...dataset, uri: 'oss://originals' },
    },
  };
  const variables = {
    project: invoke('imm:getProject', names),
    dataset: invoke('imm:getDataset', { ...dataset, withStatistics: true }),
    binding: invoke('imm:getDatasetBinding', { ...dataset, uri: to('originals.uri') }),
    bindings: invoke('imm:getDatasetBindings', dataset),
    buckets: invoke('mps:getMediaBuckets', {}),
  };
  const outputs = Object.fromEntries(Object.keys(variables).map((name) => [name, to(name)]));
  const { stack } = yaml;
  emulator.bindOutputBucket('renditions');
  yaml.declare(resources);
  await stack.up();
  mutatingCalls(emulator);

  const parts = Object.entries({ resources, variables, outputs });
  yaml.write(parts.map(([name, part]) => `${name}: ${JSON.stringify(part)}\n`).join(''));
  await stack.succeed('preview');
  await stack.up();
  expect(mutatingCalls(emulator)).toEqual([]);
  expect(await stack.outputs()).toMatchObject({
    project: { id: 'cn-shanghai/library', datasetMaxTotalFileSize: '90000000000000000' },
    dataset: { fileCount: '0' },
    binding: { id: 'cn-shanghai/library/videos/oss://originals', state: 'Running' },
    bindings: { bindings: [{ uri: 'oss://originals' }] },
    buckets: { buckets: [{ bucket: 'renditions', type: 'Output' }] },
  });
  await stack.settled('together');
  await stack.destroy();
});
