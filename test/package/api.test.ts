import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { entriesOf, writeReports } from '../../scripts/api.js';

const ROOT = resolve(__dirname, '../..');
const KEPT = join(ROOT, 'api');
const ENTRIES = Object.keys(entriesOf(ROOT));

let made: string;
let wrong: readonly string[];
beforeAll(() => {
  made = mkdtempSync(join(tmpdir(), 'api-'));
  wrong = writeReports(ROOT, made);
});
afterAll(() => rmSync(made, { recursive: true, force: true }));

it('has nothing wrong in an entry: each type that one needs is exported by it', () => {
  expect(wrong).toEqual([]);
});

it('has a report of each entry and of nothing else', () => {
  expect(ENTRIES).toEqual(expect.arrayContaining(['index', 'emulator', 'output-bucket']));
  expect(readdirSync(KEPT).sort()).toEqual(ENTRIES.map((name) => `${name}.api.md`).sort());
});

it.each(ENTRIES)('shows in a review what changes in the public types: %s', (name) => {
  const read = (folder: string) => readFileSync(join(folder, `${name}.api.md`), 'utf8');
  expect(read(KEPT), 'run `npm run api`').toBe(read(made));
});
