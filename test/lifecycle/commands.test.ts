import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startEmulator } from '../../emulator/index.js';
import { type Host, Stack } from '../support/cli/stack.js';
import { IS_WIDE } from '../support/extent.js';
import { VAULT } from '../support/servers/vault.js';
import { mutatingCalls } from './calls.js';

const VIDEOS = 'cn-shanghai/media/videos/oss://originals';
const [MADE, AFTER, COPIES] = ['cn-shanghai/made', 'cn-shanghai/after', 'cn-beijing/copies'];

/** A link with hooks that note when they are called, one in a region of its Provider, and what a test adds. */
const program = (name: string, more = '') => `
const { appendFileSync } = require('node:fs');
const note = new pulumi.ResourceHook('note', ({ urn, id }) => appendFileSync('hooks.txt', [urn.split('::').pop(), id].join(' ').trim() + '\\n'));
const fail = new pulumi.ResourceHook('fail', () => { throw new Error('the hook says no'); });
new imm.DatasetBinding('${name}', { projectName: 'media', datasetName: 'videos', uri: 'oss://originals' },
  { hooks: { beforeCreate: [note], afterCreate: [note] } });
const provider = new Provider('beijing', { region: 'cn-beijing' });
${more}`;
const COPY = `new mps.OutputBucket('copies', { bucket: 'copies' }, { provider });`;
const HOOKED = `
new mps.OutputBucket('before', { bucket: 'before' }, { hooks: { beforeCreate: [fail] } });
new mps.OutputBucket('after', { bucket: 'after' }, { hooks: { afterCreate: [fail] } });
new mps.OutputBucket('made', { bucket: 'made' });`;

it.each<Host>(IS_WIDE ? ['dynamic', 'plugin'] : ['plugin'])(
  'keeps state and links in step through plans, hooks, renames, moves and exclusions (%s host)',
  async (host) => {
    const emulator = await startEmulator();
    emulator.createProject('media');
    emulator.createDataset('media', 'videos');
    const stack = await Stack.make({ emulator, host, resident: true, program: program('videos', COPY) });
    const calls = () => mutatingCalls(emulator).sort();
    const urnOf = async (id: string) => (await stack.links()).find((link) => link.id === id)?.urn ?? '';
    try {
      await stack.succeed('preview', '--save-plan', 'plan.json');
      await stack.up('--plan', 'plan.json');
      expect(calls()).toEqual([`BindOutputBucket ${COPIES}`, `CreateBinding ${VIDEOS}`]);
      const noted = readFileSync(join(stack.folder, 'hooks.txt'), 'utf8').trimEnd().split('\n');
      expect(noted).toEqual(['videos', `videos ${VIDEOS}`]);

      // A hook that fails before keeps a link from being made; one that fails after is told, and the link is there.
      stack.write(program('videos', COPY + HOOKED));
      const hooked = await stack.fail(['up', '--yes', '--skip-preview', '--continue-on-error']);
      expect(hooked).toContain('the hook says no');
      expect(calls()).toEqual([`BindOutputBucket ${AFTER}`, `BindOutputBucket ${MADE}`]);
      expect((await stack.links()).map(({ id }) => id).sort()).toEqual([COPIES, AFTER, MADE, VIDEOS].sort());

      await stack.succeed('state', 'rename', await urnOf(VIDEOS), 'films', '--yes');
      await stack.succeed('stack', 'init', 'other', '--no-select', `--secrets-provider=${VAULT}`);
      await stack.succeed(
        'state',
        'move',
        '--source',
        'test',
        '--dest',
        'other',
        await urnOf(COPIES),
        '--yes',
      );
      await stack.succeed('stack', 'rename', 'renamed');
      stack.write(program('films', HOOKED.replace(/.*'before'.*/, '')));
      await stack.succeed('preview', '--expect-no-changes');
      expect(calls()).toEqual([]);

      await stack.destroy('--exclude', '**films');
      expect(calls()).toEqual([`UnbindOutputBucket ${AFTER}`, `UnbindOutputBucket ${MADE}`]);
      await stack.destroy('--stack', 'other');
      expect(calls()).toEqual([`UnbindOutputBucket ${COPIES}`]);
      await stack.destroy();
      expect(calls()).toEqual([`DeleteBinding ${VIDEOS}`]);
      expect(emulator.isEmpty()).toBe(true);
    } finally {
      stack.remove();
      await emulator.close();
    }
  },
);
