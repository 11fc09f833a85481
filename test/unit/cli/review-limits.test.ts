import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BINDING, BUCKET, linkOf } from '../../support/links/links.js';
import { preview, step, urnOf } from './previews.js';
import { reportOf, runReview } from './run-review.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'review-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const DELETE = step('delete', BINDING);
const REPLACE = step('replace', BUCKET, {
  news: { ...BUCKET.inputs, bucket: 'theirs' },
  reasons: ['bucket'],
});
const BOTH = preview([DELETE, REPLACE]);

describe('the exit code', () => {
  it.each([
    ['0 of a preview that does nothing', JSON.stringify({ config: {}, duration: 5 }), [], 0],
    ['0 of creates and updates alone', preview([step('create', BUCKET), step('update', BINDING)]), [], 0],
    ['1 of any delete or replacement, without a limit', BOTH, [], 1],
    ['0 within --max-deletes, which counts both', BOTH, ['--max-deletes', '2'], 0],
    ['1 above --max-deletes', BOTH, ['--max-deletes', '1'], 1],
    ['1 of a replacement under --no-replace', BOTH, ['--max-deletes', '2', '--no-replace'], 1],
    ['0 of deletes alone under --no-replace', preview([DELETE]), ['--no-replace'], 0],
    [
      '2 of a preview that failed and shows none',
      preview([], { diagnostics: [{ severity: 'error' }] }),
      [],
      2,
    ],
    [
      '1 of a preview that failed and shows one',
      preview([DELETE], { diagnostics: [{ severity: 'error' }] }),
      [],
      1,
    ],
    ['0 of a preview with warnings', preview([], { diagnostics: [{ severity: 'warning' }] }), [], 0],
    ['2 of an operation on a link that nobody knows', preview([step('obliterate', BUCKET)]), [], 2],
    ['2 of a limit that is no number', BOTH, ['--max-deletes', 'two'], 2],
    ['2 of an option that it does not have', BOTH, ['--max-delete', '2'], 2],
    ['2 of two files', BOTH, ['a', 'b'], 2],
    ['2 of a file that is not there', '', ['nowhere.json'], 2],
    ['2 of a list that is not there', BOTH, ['--allow', 'nowhere'], 2],
    ['2 of nothing', '', [], 2],
    ['2 of text', 'Previewing update (dev)', [], 2],
    ['2 of a state', JSON.stringify({ version: 3, deployment: {} }), [], 2],
    ['2 of a step without a resource', preview([{ op: 'delete' }]), [], 2],
    ['2 of a plan without steps', JSON.stringify({ resourcePlans: { [urnOf(BUCKET, 'x')]: {} } }), [], 2],
  ])('is %s', async (_, text, args, exit) => {
    const ran = await runReview(text, ...args);
    expect(ran.exit, ran.out + ran.notes).toBe(exit);
  });

  it('is told in words: which limit it is above, or that it is within', async () => {
    const above = (await runReview(BOTH, '--max-deletes', '1', '--no-replace')).out;
    expect(above).toContain('**Too many:** `--max-deletes 1`, and 2 count.\n');
    expect(above).toContain('**`--no-replace`:** 1 to replace, and none may be.\n');
    expect(above).not.toContain('Within what was allowed.');
    expect((await runReview(BOTH, '--max-deletes', '2')).out).toContain('Within what was allowed.\n');
  });

  it('is 2 where nothing is piped in', async () => {
    expect(await runReview(undefined)).toMatchObject({ exit: 2, out: '' });
  });

  it('is the same of a file as of a pipe', async () => {
    const piped = await runReview(BOTH, '-');
    expect(await runReview(undefined, file('preview.json', BOTH))).toEqual(piped);
  });

  it('comes with a message that quotes nothing of what was read', async () => {
    const { notes } = await runReview('{"config": hunter2');
    expect(notes).toContain('is no JSON');
    expect(notes).not.toContain('hunter2');
  });
});

describe('--allow', () => {
  it('takes ids, with or without what they are of, and comments', async () => {
    const list = file(
      'allowed',
      `# agreed\r\n${BINDING.id}   # the old one\r\n\r\nmps.OutputBucket:${BUCKET.id}\n`,
    );
    const report = await reportOf(BOTH, '--allow', list);
    expect(report).toMatchObject({
      exit: 0,
      counts: { deletes: 0, replacements: 0, allowed: 2 },
      unmatched: [],
    });
    expect(report.findings.every(({ isAllowed }) => isAllowed)).toBe(true);
  });

  it('counts what it does not name, also under a limit', async () => {
    const list = file('one', BINDING.id);
    expect(await reportOf(BOTH, '--allow', list)).toMatchObject({ exit: 1 });
    expect(await reportOf(BOTH, '--allow', list, '--max-deletes', '1')).toMatchObject({ exit: 0 });
    expect(await reportOf(BOTH, '--allow', list, '--no-replace')).toMatchObject({ exit: 1 });
  });

  it('never takes the id of an output bucket for a project of the same name', async () => {
    const project = linkOf('imm.Project');
    const text = preview([step('delete', project)]);
    expect(await reportOf(text, '--allow', file('bare', project.id))).toMatchObject({ exit: 1 });
    expect(await reportOf(text, '--allow', file('full', `imm.Project:${project.id}`))).toMatchObject({
      exit: 0,
    });
  });

  it('says which of its lines name nothing here', async () => {
    const list = file('stale', 'cn-shanghai/long-gone\n');
    expect(await reportOf(BOTH, '--allow', list)).toMatchObject({ unmatched: ['cn-shanghai/long-gone'] });
    const { out } = await runReview(BOTH, '--allow', list);
    expect(out).toContain('Allowed by name, and neither deleted nor replaced here: `cn-shanghai/long-gone`.');
  });
});
