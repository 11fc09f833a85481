import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { problemsOfTag } from '../../scripts/release/versions.js';

const ROOT = resolve(__dirname, '../..');
const FILES = [
  'CHANGELOG.md',
  'package.json',
  'package-lock.json',
  'provider/schema.json',
  'sdk/nodejs/package.json',
  'sdk/go/alicloudmedia/pulumi-plugin.json',
];
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
const TAG = `v${version}`;

/** A checkout whose version has its day in the changelog. */
let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tag-'));
  for (const file of FILES) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    copyFileSync(join(ROOT, file), join(root, file));
  }
  change('CHANGELOG.md', /^## .*$/m, `## ${version} (2026-01-31)`);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function change(file: string, from: string | RegExp, to: string): void {
  const before = readFileSync(join(root, file), 'utf8');
  writeFileSync(join(root, file), before.replace(from, to));
}

it('a tag may be released whose version stands everywhere, with its day in the changelog', () => {
  expect(problemsOfTag(root, TAG)).toEqual([]);
});

it.each(['1.2', version, `${TAG}-rc.1`, `v${version}.1`, `${TAG}\n`, 'v1.2.3; true', ''])(
  'a tag that is no version may not: %j',
  (tag) => {
    expect(problemsOfTag(root, tag)).toEqual([expect.stringContaining('is no tag of a release')]);
  },
);

it('a tag of another version may not, and each file that differs is named', () => {
  const problems = problemsOfTag(root, 'v9.9.9');
  for (const file of FILES) expect(problems.join('\n')).toContain(`${file} has`);
  expect(problems).toHaveLength(FILES.length + 1);
});

it.each(FILES.filter((file) => file.endsWith('.json')))(
  'a version that stayed behind in %s is found',
  (file) => {
    change(file, `"${version}"`, '"0.0.9"');
    expect(problemsOfTag(root, TAG)).toEqual([`${file} has 0.0.9, not ${version}`]);
  },
);

it('a version without a section, or without its day, may not', () => {
  change('CHANGELOG.md', '(2026-01-31)', '(unreleased)');
  expect(problemsOfTag(root, TAG)).toEqual([expect.stringContaining('says "unreleased"')]);
  change('CHANGELOG.md', `## ${version}`, '## 0.0.9');
  expect(problemsOfTag(root, TAG)).toEqual([expect.stringContaining('has no section')]);
});
