import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Report } from '../../cli/review/report.js';
import { type Emulator, startEmulator, TEST_ACCOUNT_ID } from '../../emulator/index.js';
import { Stack } from '../support/cli/stack.js';
import { IS_WIDE } from '../support/extent.js';
import { linkRequests } from './calls.js';

const COMMAND = resolve(__dirname, '../../dist/cli/main.js');
const SECRET = 'hunter2-bucket';

let emulator: Emulator;
let stack: Stack;

beforeAll(async () => {
  emulator = await startEmulator();
  emulator.createProject('media');
  emulator.createDataset('media', 'videos');
  stack = await Stack.make({
    emulator,
    program: program({ uri: 'oss://before', renamed: 'old', goes: true }),
    secretConfig: { 'lifecycle:bucket': SECRET },
    resident: true,
  });
  await stack.up();
  linkRequests(emulator);
});
afterAll(async () => {
  stack?.remove();
  await emulator.close();
});

/** Links of both hosts: two are replaced, two renamed, and the rest goes where it is not said. */
function program({ uri = 'oss://before', renamed = 'old', goes = false, guarded = 'guarded' }): string {
  return `
const plugin = require('pulumi-alicloud-media-plugin');
const videos = { projectName: 'media', datasetName: 'videos' };
new imm.DatasetBinding('moved', { ...videos, uri: '${uri}' });
new plugin.imm.DatasetBinding('moved-too', { ...videos, uri: '${uri}-too' });
new mps.OutputBucket('${renamed}', { bucket: 'renamed' });
new plugin.mps.OutputBucket('${renamed}-too', { bucket: 'renamed-too' });
new mps.OutputBucket('guarded', { bucket: '${guarded}' }, { protect: true });
if (${goes}) {
  const holder = new plugin.mps.InputBucket('goes', { bucket: 'uploads' });
  new imm.DatasetBinding('goes-with', { ...videos, uri: 'oss://uploads' }, { deletedWith: holder });
  new mps.OutputBucket('kept', { bucket: 'kept' }, { retainOnDelete: true });
  new mps.OutputBucket('hidden', { bucket: new pulumi.Config('lifecycle').requireSecret('bucket') });
}`;
}

/** The command in a process of its own, which has neither credentials nor an endpoint. */
function review(name: string, ...args: string[]): { code: number | null; out: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [COMMAND, 'review', ...args, join(stack.folder, name)],
    { env: {}, encoding: 'utf8' },
  );
  expect(stderr).toBe('');
  return { code: status, out: stdout };
}

function reportOf(name: string): Report {
  return JSON.parse(review(name, '--json').out) as Report;
}

it('a preview on the real CLI: each link that goes, is replaced or would go by a rename, on both hosts, and nothing of a secret', async () => {
  stack.write(program({ uri: 'oss://after', renamed: 'new' }));
  const text = await stack.succeed('preview', '--json', '--save-plan=plan.json');
  stack.file('preview.json', text);
  linkRequests(emulator);
  const { exit, stack: named, counts, doubts, others, findings } = reportOf('preview.json');
  expect({ exit, named, counts, doubts }).toEqual({
    exit: 1,
    named: 'lifecycle/test',
    counts: { deletes: 6, replacements: 2, allowed: 0 },
    doubts: [],
  });
  expect(others).toMatchObject({ create: 2, delete: 0, replace: 0, same: 2, more: [] });
  const told = findings.map(({ change, id, host, account, region }) =>
    [change, id, host, account, region].join(' '),
  );
  const where = `${TEST_ACCOUNT_ID} cn-shanghai`;
  expect(told).toEqual([
    `delete cn-shanghai/media/videos/oss://uploads dynamic ${where}`,
    `delete cn-shanghai/input:uploads plugin ${where}`,
    `delete cn-shanghai/[secret] dynamic ${where}`,
    `delete cn-shanghai/kept dynamic ${where}`,
    `delete cn-shanghai/renamed dynamic ${where}`,
    `delete cn-shanghai/renamed-too plugin ${where}`,
    `replace cn-shanghai/media/videos/oss://before dynamic ${where}`,
    `replace cn-shanghai/media/videos/oss://before-too plugin ${where}`,
  ]);
  const [withOther, , , kept, renamed, renamedToo, moved, movedToo] = findings;
  expect(withOther?.deletedWith).toEqual({ urn: findings[1]?.urn, isDeleted: true });
  expect(kept?.isRetained).toBe(true);
  expect(renamed?.renamedTo).toMatchObject({ urn: expect.stringMatching(/::new$/), isSameProvider: true });
  expect(renamedToo?.renamedTo).toMatchObject({
    urn: expect.stringMatching(/::new-too$/),
    isSameProvider: true,
  });
  for (const one of [moved, movedToo]) expect(one?.because).toEqual(['uri']);
  expect(moved?.newId).toBe('cn-shanghai/media/videos/oss://after');
  // Pulumi itself shows it, in the id.
  expect(text).toContain(SECRET);
  for (const args of [[], ['--json']]) expect(review('preview.json', ...args).out).not.toContain(SECRET);
});

it('a plan of the same run: the same deletes and replacements by the names of the program', () => {
  const plan = reportOf('plan.json');
  const names = ({ findings }: Report) => findings.map(({ change, urn }) => `${change} ${urn}`).sort();
  expect(plan).toMatchObject({ source: 'plan', exit: 1, counts: { deletes: 6, replacements: 2 } });
  expect(names(plan)).toEqual(names(reportOf('preview.json')));
  expect(plan.findings.filter(({ change }) => change === 'replace')).toMatchObject([
    { because: ['uri'], newId: expect.stringContaining('oss://after') },
    { because: ['uri'], newId: expect.stringContaining('oss://after') },
  ]);
  expect(readFileSync(join(stack.folder, 'plan.json'), 'utf8')).not.toContain(SECRET);
});

it.runIf(IS_WIDE)('with every step shown and a refresh before, a replacement is still one', async () => {
  const more = ['--show-replacement-steps', '--show-sames', '--refresh'];
  stack.file('shown.json', await stack.succeed('preview', '--json', ...more));
  const shown = reportOf('shown.json');
  expect(shown.findings).toEqual(reportOf('preview.json').findings);
  expect(shown.others).toMatchObject({ create: 2, replace: 0, same: 2 });
});

it('a protected link makes the preview fail, and the review says which; a preview that fails before is not clean', async () => {
  stack.write(program({ goes: true, guarded: 'another' }));
  writeFileSync(join(stack.folder, 'guarded.json'), await stack.fail(['preview', '--json']));
  const guarded = reportOf('guarded.json');
  expect(guarded).toMatchObject({ exit: 1, doubts: ['failed'] });
  expect(guarded.findings).toMatchObject([{ change: 'replace', name: 'guarded', isProtected: true }]);
  stack.write('throw new Error("no");');
  stack.file('thrown.json', await stack.fail(['preview', '--json']));
  expect(reportOf('thrown.json')).toMatchObject({ exit: 2, findings: [], doubts: ['failed'] });
});

it('an unchanged program is clean, and no review sent a request', async () => {
  stack.write(program({ goes: true }));
  stack.file('same.json', await stack.succeed('preview', '--json'));
  linkRequests(emulator);
  expect(review('same.json')).toEqual({
    code: 0,
    out: expect.stringContaining('### Media links: nothing to delete or replace\n'),
  });
  const piped = execFileSync(process.execPath, [COMMAND, 'review'], {
    env: {},
    input: readFileSync(join(stack.folder, 'same.json')),
    encoding: 'utf8',
  });
  expect(piped).toBe(review('same.json').out);
  expect(linkRequests(emulator)).toEqual([]);
});
