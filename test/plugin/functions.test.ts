import { expect, it } from 'vitest';
import { mutatingCalls } from '../lifecycle/calls.js';
import { IS_WIDE } from '../support/extent.js';
import { YamlSite } from './yaml-site.js';

const site = YamlSite.forAll({
  options: { runningAfter: 1 },
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
  const { stack } = site.yaml;
  site.emulator.bindOutputBucket('renditions');
  site.yaml.declare(resources);
  await stack.up();
  mutatingCalls(site.emulator);

  const parts = Object.entries({ resources, variables, outputs });
  site.yaml.write(parts.map(([name, part]) => `${name}: ${JSON.stringify(part)}\n`).join(''));
  await stack.succeed('preview');
  await stack.up();
  expect(mutatingCalls(site.emulator)).toEqual([]);
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

it.runIf(IS_WIDE)('asks for what the same up makes, from the first preview on', async () => {
  const names = { projectName: 'library' };
  const { stack } = site.yaml;
  site.yaml.write(
    Object.entries({
      resources: { library: { type: 'alicloud-media:imm:Project', properties: names } },
      variables: { project: invoke('imm:getProject', { projectName: to('library.projectName') }) },
      outputs: { id: to('project.id') },
    })
      .map(([name, part]) => `${name}: ${JSON.stringify(part)}\n`)
      .join(''),
  );
  await stack.succeed('preview');
  await stack.up();
  expect(await stack.outputs()).toEqual({ id: 'cn-shanghai/library' });
  await stack.settled('together');
  await stack.destroy();
});
