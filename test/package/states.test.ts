import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/index.js';
import { type ResourceState, Stack } from '../support/cli/stack.js';
import { IS_WIDE } from '../support/extent.js';

/** Each was exported from a stack of that version, on the emulator; only places in source files were taken out. */
const STATES = join(__dirname, 'states');
const VERSIONS = readdirSync(STATES).map((name) => name.replace(/\.json$/, ''));

/** The program that the states were recorded with. */
const PROGRAM = `
new imm.DatasetBinding(
  'videos',
  { projectName: 'media', datasetName: 'videos', uri: 'oss://originals', skipAwait: true },
  { customTimeouts: { delete: '30m' } },
);
new mps.OutputBucket('renditions', { bucket: 'renditions', adopt: true });`;

let emulator: Emulator;
let stack: Stack | undefined;
/** The emulator's clock stands here while it makes what the state names; undefined: the time of day. */
let at: number | undefined;

beforeEach(async () => {
  emulator = await startEmulator({ clock: { now: () => at ?? Date.now() } });
});
afterEach(async () => {
  stack?.remove();
  stack = undefined;
  await emulator.close();
});

function recorded(file: string): readonly ResourceState[] {
  return JSON.parse(readFileSync(file, 'utf8')).deployment.resources;
}

it.each(IS_WIDE ? VERSIONS : VERSIONS.slice(0, 1))(
  'previews nothing on a state of version %s, and destroys it',
  async (version) => {
    const file = join(STATES, `${version}.json`);
    const binding = recorded(file).find(({ type }) => type.endsWith(':DatasetBinding'));
    at = Date.parse(String(binding?.outputs.createTime));
    emulator.createProject('media');
    emulator.createDataset('media', 'videos');
    emulator.createBinding('cn-shanghai/media/videos/oss://originals');
    emulator.bindOutputBucket('renditions');
    at = undefined;

    stack = await Stack.make({ emulator, program: PROGRAM, resident: true });
    await stack.succeed('stack', 'import', '--file', file);
    // A refresh by itself shows what the emulator's time has more digits of than the recorded one.
    await stack.settled('together');
    await stack.refresh();
    expect(await stack.links()).toHaveLength(2);
    await stack.destroy();
    const removed = emulator.journal().filter(({ action, code }) => /^(Delete|Unbind)/.test(action) && !code);
    expect(removed.map(({ link }) => link).sort()).toEqual([
      'cn-shanghai/media/videos/oss://originals',
      'cn-shanghai/renditions',
    ]);
    expect(emulator.isEmpty()).toBe(true);
  },
);

it('holds a state of this version', () => {
  const { version } = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8'));
  expect(VERSIONS).toContain(version);
});
