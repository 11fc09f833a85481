import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { manifestOf } from '../../scripts/generate/registry.js';
import { IS_WIDE } from '../support/extent.js';
import { ScratchCopy } from './scratch-copy.js';

// What is fetched or compiled for the first time takes minutes of two busy processors.
vi.setConfig({ testTimeout: 600_000 });

const ROOT = resolve(__dirname, '../..');
/** What would not compile before the class is there. */
const USE = `import { mps } from '../provider/program/index.js';

export const made = (name: string): mps.SampleBucket => new mps.SampleBucket(name, { bucket: name });
`;
const PAGE = ['docs', 'reference', 'sample-bucket.md'].join('/');
let copy: ScratchCopy;

beforeAll(() => {
  copy = new ScratchCopy();
});
afterAll(() => copy?.remove());

it.runIf(IS_WIDE)('a new resource is one file: `npm run generate` writes all that makes it known', () => {
  const like = copy.read('provider/mps/input-bucket.ts');
  const text = like.replaceAll('InputBucket', 'SampleBucket').replaceAll('inputBucket', 'sampleBucket');
  const own = text.replaceAll('input-bucket', 'sample-bucket').replaceAll('input:', 'sample:');
  copy.write('provider/mps/sample-bucket.ts', own);
  copy.write('cli/sample.ts', USE);

  const { code, out, err } = copy.generate();
  expect(code, out + err).toBe(0);
  expect(out.split('\n')).toEqual(
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
  expect(out).not.toMatch(/input-bucket|provider\/imm/);
  expect(copy.read(PAGE)).toMatch(/^# mps\.SampleBucket\n[\s\S]*\| `referer` +\| string/);
  expect(copy.read('provider/schema.json')).toContain('"alicloud-media:mps:SampleBucket"');

  const program = `const { exports: { './sample-bucket': entry } } = require('./package.json');
    const handler = require(entry.default);
    const { LIFECYCLES } = require('./dist/provider/hosts/lifecycles.js');
    console.log(typeof require('./dist/cli/sample.js').made, typeof handler.delete, LIFECYCLES.length);`;
  const loaded = copy.node('-e', program);
  expect(loaded.out, loaded.err).toBe('function function 7\n');
});

it('an entry that states name is never left out of the package', () => {
  const before = readFileSync(join(ROOT, 'package.json'), 'utf8');
  expect(() => manifestOf(before, { resources: [] })).toThrow(
    /package\.json has the entry \.\/bucket-attachment, .*\.\/project, which no resource has any more/,
  );
});
