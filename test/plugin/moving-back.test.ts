import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startEmulator } from '../../emulator/index.js';
import { mutatingCalls } from '../lifecycle/calls.js';
import { Stack } from '../support/cli/stack.js';
import { IS_WIDE } from '../support/extent.js';

const PROGRAM = `
  new imm.DatasetBinding('videos', { projectName: 'media', datasetName: 'videos', uri: 'oss://originals' });
  new mps.OutputBucket('renditions', { bucket: 'renditions' });
  const provider = new Provider('beijing', { region: 'cn-beijing' });
  new mps.OutputBucket('copies', { bucket: 'copies' }, { provider });`;
const LINKS = ['cn-beijing/copies', 'cn-shanghai/media/videos/oss://originals', 'cn-shanghai/renditions'];

it.runIf(IS_WIDE)(
  'a stack moves back from the plugin to the dynamic host by the other import, and nothing is replaced',
  async () => {
    const emulator = await startEmulator();
    emulator.createProject('media');
    emulator.createDataset('media', 'videos');
    const stack = await Stack.make({ emulator, program: PROGRAM, host: 'plugin', resident: true });
    try {
      await stack.up();
      emulator.clearJournal();

      writeFileSync(
        join(stack.folder, 'index.js'),
        `const { imm, mps, Provider } = require('pulumi-alicloud-media');${PROGRAM}`,
      );
      const preview = await stack.succeed('preview', '--diff');
      expect(preview.match(/[-~+]+ \S+: \([a-z-]+\)$/gm)?.sort()).toEqual([
        '+ pulumi:providers:pulumi-nodejs: (create)',
        '- pulumi:providers:alicloud-media: (delete)',
        '~ pulumi-nodejs:dynamic/alicloud-media:DatasetBinding: (update)',
        '~ pulumi-nodejs:dynamic/alicloud-media:OutputBucket: (update)',
        '~ pulumi-nodejs:dynamic/alicloud-media:OutputBucket: (update)',
      ]);
      await stack.up();
      const links = await stack.links();
      expect(links.map(({ id }) => id).sort()).toEqual(LINKS);
      for (const { type } of links) expect(type).toMatch(/^pulumi-nodejs:dynamic\/alicloud-media:/);
      await stack.settled();
      expect(mutatingCalls(emulator)).toEqual([]);

      await stack.destroy();
      const removed = mutatingCalls(emulator).map((call) => call.split(' '));
      expect(removed.map(([, link]) => link).sort()).toEqual(LINKS);
      expect(emulator.isEmpty()).toBe(true);
    } finally {
      stack.remove();
      await emulator.close();
    }
  },
);
