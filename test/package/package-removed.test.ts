import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/index.js';
import { Stack } from '../support/cli/stack.js';
import { IS_WIDE } from '../support/extent.js';
import { InstalledProject, type Packed, pack } from './installed-project.js';

const PROGRAM = `
new imm.DatasetBinding('videos', { projectName: 'media', datasetName: 'videos', uri: 'oss://originals' });
new mps.OutputBucket('renditions', { bucket: 'renditions' });`;
const MUTATING = /^(Create|Delete|Bind|Unbind)/;

let packed: Packed;
let project: InstalledProject;
let emulator: Emulator;
let stack: Stack;

beforeAll(async () => {
  packed = await pack();
  [project, emulator] = await Promise.all([InstalledProject.make(packed), startEmulator()]);
  emulator.createProject('media');
  emulator.createDataset('media', 'videos');
  project.write(
    'Pulumi.yaml',
    'name: removed\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n',
  );
  stack = await Stack.make({ emulator, program: PROGRAM, folder: project.folder });
});
afterAll(async () => {
  stack?.remove();
  project?.remove();
  packed?.remove();
  await emulator?.close();
});

function changes(): string[] {
  const journal = emulator.journal().filter(({ action }) => MUTATING.test(action));
  emulator.clearJournal();
  return journal.filter(({ code }) => code === '').map(({ action }) => action);
}

/** The rest, such as line numbers of the program, the engine writes anew even when a command fails. */
async function inState(): Promise<unknown[]> {
  return (await stack.links()).map(({ id, inputs, outputs }) => ({ id, inputs, outputs }));
}

it.runIf(IS_WIDE)(
  'keeps links and state when the package goes before the resources, and a rerun with it removes them',
  async () => {
    await stack.up();
    expect(changes().sort()).toEqual(['BindOutputBucket', 'CreateBinding']);
    const before = await inState();
    expect(before).toHaveLength(2);

    await project.uninstall('pulumi-alicloud-media');
    expect(readFileSync(join(project.folder, 'package.json'), 'utf8')).not.toContain('pulumi-alicloud-media');

    // The program still has the resources.
    expect(await stack.fail(['up', '--yes', '--skip-preview'])).toContain(
      "Cannot find module 'pulumi-alicloud-media'",
    );
    // The resources left the program together with the package: the engine would delete them, and cannot.
    writeFileSync(join(project.folder, 'index.js'), '');
    for (const command of ['up', 'destroy', 'refresh']) {
      const text = await stack.fail([command, '--yes', '--skip-preview']);
      expect(text, command).toMatch(
        /Cannot find module 'pulumi-alicloud-media\/(dataset-binding|output-bucket)'/,
      );
    }
    expect(await inState()).toEqual(before);
    expect(changes()).toEqual([]);

    await project.install(packed.file);
    await stack.destroy();
    expect(changes().sort()).toEqual(['DeleteBinding', 'UnbindOutputBucket']);
    expect(emulator.isEmpty()).toBe(true);
    expect(await stack.links()).toEqual([]);
  },
);
