import { expect, it } from 'vitest';
import { startEmulator } from '../../emulator/index.js';
import { IS_FULL } from '../support/extent.js';
import { type Resource, YamlStack } from './yaml-stack.js';

const to = (name: string) => `$\{${name}}`;

/** 3 projects, 30 datasets, 100 bindings, 5 attachments, 10 input and 10 output buckets, each under what holds it. */
function tree(): Readonly<Record<string, Resource>> {
  const resources: Record<string, Resource> = {};
  const add = (name: string, type: string, properties: Resource['properties'] = {}) => {
    resources[name] = { type: `alicloud-media:${type}`, properties };
  };
  const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);
  for (const index of upTo(3)) add(`library-${index}`, 'imm:Project', { projectName: `library-${index}` });
  const projectOf = (index: number) => ({ projectName: to(`library-${index % 3}.projectName`) });
  for (const index of upTo(30))
    add(`videos-${index}`, 'imm:Dataset', { ...projectOf(index), datasetName: `videos-${index}` });
  for (const index of upTo(100))
    add(`originals-${index}`, 'imm:DatasetBinding', {
      projectName: to(`videos-${index % 30}.projectName`),
      datasetName: to(`videos-${index % 30}.datasetName`),
      uri: `oss://originals-${index}`,
    });
  for (const index of upTo(5))
    add(`thumbnails-${index}`, 'imm:BucketAttachment', {
      ...projectOf(index),
      bucket: `thumbnails-${index}`,
    });
  for (const index of upTo(10)) {
    add(`uploads-${index}`, 'mps:InputBucket', { bucket: `media-${index}` });
    add(`renditions-${index}`, 'mps:OutputBucket', { bucket: `media-${index}` });
  }
  return resources;
}

// In-process and on both hosts, under every fault and with a virtual clock: test/faults/big-tree.test.ts.
it.runIf(IS_FULL)(
  'the big tree on the real CLI: made, previewed empty, and destroyed at the first run while what was deleted is counted for 30 s more',
  async () => {
    const emulator = await startEmulator({ runningAfter: 1 });
    const yaml = await YamlStack.make({ emulator });
    try {
      yaml.declare(tree());
      await yaml.stack.up();
      expect(emulator.links()).toHaveLength(158);
      await yaml.stack.settled('together');
      emulator.set({ deletedChildLingersMs: 30_000 });
      const text = await yaml.stack.destroy();
      expect(text).toMatch(/waiting until what it holds is gone: /);
      expect(emulator.links()).toEqual([]);
    } finally {
      yaml.stack.remove();
      await emulator.close();
    }
  },
  400_000,
);
