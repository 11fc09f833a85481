import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { manifestOf } from '../../scripts/generate/registry.js';
import { IS_WIDE } from '../support/extent.js';

// What is fetched or compiled for the first time takes minutes of two busy processors.
vi.setConfig({ testTimeout: 600_000 });

const ROOT = resolve(__dirname, '../..');
const COPIED = [
  ...[
    'provider',
    'emulator',
    'cli',
    'scripts',
    'bench',
    'live',
    'docs',
    'sdk',
    'dist',
    'plugin',
    'package.json',
    'LICENSE',
  ],
  ...['package-lock.json', 'tsconfig.json', 'biome.json', '.gitignore'],
];
/** What would not compile before the class is there. */
const USE = `import { mps } from '../provider/program/index.js';

export const made = (name: string): mps.SampleBucket => new mps.SampleBucket(name, { bucket: name });
`;
/** `npm run generate` without its installing: what is installed is this checkout's. */
const GENERATE = `Promise.all([import('./scripts/set-up/build.mjs'), import('node:module')]).then(async ([{ build }, { createRequire }]) => {
  console.log('compiles before:', await build());
  await createRequire(process.cwd() + '/')('./dist/scripts/generate.js').main();
  console.log('compiles after:', await build());
});`;
const PAGE = ['docs', 'reference', 'sample-bucket.md'].join('/');
let clone: string;

beforeAll(() => {
  clone = mkdtempSync(join(tmpdir(), 'new-resource-'));
  for (const name of COPIED) cpSync(join(ROOT, name), join(clone, name), { recursive: true });
  // Each by itself: whatever empties the folder takes links away, and nothing of this checkout.
  mkdirSync(join(clone, 'node_modules'));
  for (const name of readdirSync(join(ROOT, 'node_modules')))
    symlinkSync(join(ROOT, 'node_modules', name), join(clone, 'node_modules', name));
});
afterAll(() => rmSync(clone, { recursive: true, force: true }));

const read = (name: string) => readFileSync(join(clone, name), 'utf8');

it.runIf(IS_WIDE)('a new resource is one file: `npm run generate` writes all that makes it known', () => {
  const like = read('provider/mps/input-bucket.ts');
  const text = like.replaceAll('InputBucket', 'SampleBucket').replaceAll('inputBucket', 'sampleBucket');
  const own = text.replaceAll('input-bucket', 'sample-bucket').replaceAll('input:', 'sample:');
  writeFileSync(join(clone, 'provider/mps/sample-bucket.ts'), own);
  writeFileSync(join(clone, 'cli/sample.ts'), USE);

  const options = { cwd: clone, encoding: 'utf8' } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--eval', GENERATE], options);
  expect(status, stdout + stderr).toBe(0);
  expect(stdout.split('\n')).toEqual(
    expect.arrayContaining([
      'compiles before: false',
      'wrote package.json',
      'wrote provider/hosts/lifecycles.ts',
      'wrote provider/hosts/dynamic/sample-bucket.ts',
      'wrote provider/program/mps.ts',
      'wrote provider/program/sample-bucket.ts',
      'wrote provider/schema.json',
      `wrote ${PAGE}`,
      'compiles after: true',
    ]),
  );
  expect(stdout).not.toMatch(/input-bucket|provider\/imm/);
  expect(read(PAGE)).toMatch(/^# mps\.SampleBucket\n[\s\S]*\| `referer` +\| string/);
  expect(read('provider/schema.json')).toContain('"alicloud-media:mps:SampleBucket"');

  const program = `const { exports: { './sample-bucket': entry } } = require('./package.json');
    const handler = require(entry.default);
    const { LIFECYCLES } = require('./dist/provider/hosts/lifecycles.js');
    console.log(typeof require('./dist/cli/sample.js').made, typeof handler.delete, LIFECYCLES.length);`;
  const loaded = spawnSync(process.execPath, ['-e', program], { cwd: clone, encoding: 'utf8' });
  expect(loaded.stdout, loaded.stderr).toBe('function function 7\n');
});

it('an entry that states name is never left out of the package', () => {
  const before = readFileSync(join(ROOT, 'package.json'), 'utf8');
  expect(() => manifestOf(before, { resources: [] })).toThrow(
    /package\.json has the entry \.\/bucket-attachment, .*\.\/project, which no resource has any more/,
  );
});
