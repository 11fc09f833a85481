import { appendFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { IS_WIDE } from '../support/extent.js';
import { type Ended, ScratchCopy } from './scratch-copy.js';

// What is compiled for the first time takes minutes of two busy processors.
vi.setConfig({ testTimeout: 600_000 });

const MARK = 'TODO(new-resource)';
const WRITTEN_ON = '// Written on.\n';
const VITEST = 'node_modules/vitest/vitest.mjs';
const NAMES = [
  ['imm.SampleLink', 'provider/imm/sample-link.ts', 'test/contract/sample-link.test.ts'],
  ['mps.SampleTie', 'provider/mps/sample-tie.ts', 'test/contract/sample-tie.test.ts'],
  ['--object imm.SampleThing', 'provider/imm/sample-thing.ts', 'test/contract/sample-thing.test.ts'],
  ['--object mps.SamplePipe', 'provider/mps/sample-pipe.ts', 'test/contract/sample-pipe.test.ts'],
] as const;

let copy: ScratchCopy;
beforeAll(() => {
  copy = new ScratchCopy('test', 'bin', 'examples', 'vitest.config.ts');
});
afterAll(() => copy?.remove());

const read = (name: string) => copy.read(name);
const lines = (name: string) => read(name).split('\n').length - 1;
/** What a resource may be written to. */
const files = () =>
  ['provider', 'test', 'docs'].flatMap((folder) =>
    readdirSync(join(copy.root, folder), { recursive: true, encoding: 'utf8' }),
  );

const RUN = `require('./dist/scripts/new-resource.js').main(process.argv.slice(1)).then((code) => { process.exitCode = code; })`;

function newResource(args: string): Ended {
  return copy.node('--eval', RUN, '--', ...args.split(' ').filter((one) => one !== ''));
}

describe('npm run new-resource', () => {
  it.each(NAMES)('%s is one file and its test, and every place to fill in is named', (args, file, test) => {
    const { code, out, err } = newResource(args);
    expect(code, err).toBe(0);
    expect(out).toMatch(new RegExp(`^wrote ${file}\\nwrote ${test}\\n\\nTo fill in`));
    const marks = [file, test].flatMap((one) =>
      read(one)
        .split('\n')
        .flatMap((line, index) => (line.includes(MARK) ? [`  ${one}:${index + 1}: `] : [])),
    );
    expect(marks.length).toBeGreaterThan(5);
    for (const mark of marks) expect(out).toContain(mark);
    expect(lines(file) + lines(test)).toBeLessThan(170);
  });

  it.each(NAMES)('%s a second time is refused, and what was written on stays', (args, file, test) => {
    const before = [file, test].map((one) => {
      appendFileSync(join(copy.root, one), WRITTEN_ON);
      return read(one);
    });
    const { code, err } = newResource(args);
    expect(code).toBe(2);
    expect(err).toContain(`is taken: ${file} is there`);
    expect([file, test].map(read)).toEqual(before);
  });

  it.each([
    ['', 'name one resource'],
    ['mps.One mps.Two', 'name one resource'],
    ['--objekt mps.One', "Unknown option '--objekt'"],
    ['oss.Thing', '"oss.Thing" is no name of a resource'],
    ['mps.thing', '"mps.thing" is no name of a resource'],
    ['mps.OSSThing', '"mps.OSSThing" is no name of a resource'],
    ['mps.Package', 'its lifecycle would be called package'],
    ['mps.InputBucket', 'mps.InputBucket is taken: InputBucket has the entry input-bucket'],
    ['imm.InputBucket', 'imm.InputBucket is taken: InputBucket has the entry input-bucket'],
    ['imm.Emulator', 'imm.Emulator is taken: package.json has the entry ./emulator'],
    ['mps.SampleLink', 'mps.SampleLink is taken: test/contract/sample-link.test.ts is there'],
  ])('"%s" is refused, and writes nothing: %s', (args, why) => {
    const before = files();
    const { code, out, err } = newResource(args);
    expect(err).toContain(`error: ${why}`);
    expect(err).toContain('\nusage: npm run new-resource -- ');
    expect([code, out]).toEqual([2, '']);
    expect(files()).toEqual(before);
  });

  it.runIf(IS_WIDE)(
    'what it wrote is formatted, and `npm run generate` takes it: all compiles, in the fixed order',
    () => {
      const own = NAMES.flatMap(([, file, test]) => [file, test]);
      for (const file of own) copy.write(file, read(file).replace(WRITTEN_ON, ''));
      const linted = copy.node('node_modules/@biomejs/biome/bin/biome', 'ci', '--error-on-warnings', ...own);
      expect(linted.code, linted.out + linted.err).toBe(0);
      const { code, out, err } = copy.generate();
      expect(code, out + err).toBe(0);
      expect(out).toMatch(/compiles before: true[\s\S]*compiles after: true/);
      for (const [, file] of NAMES)
        expect(out).toContain(`wrote ${file.replace(/provider\/\w+/, 'provider/program')}\n`);
      const typed = copy.node('node_modules/typescript/bin/tsc', '-p', 'test');
      expect(typed.code, typed.out + typed.err).toBe(0);
      const order = copy.node(
        VITEST,
        'run',
        '--project',
        'unit',
        'test/unit/architecture.test.ts',
        '-t',
        'a file of',
      );
      expect(order.code, order.out + order.err).toBe(0);
    },
  );

  it.runIf(IS_WIDE)(
    'its test fails for whatever is not filled in, and for a resource that the table does not have',
    () => {
      const [, , test] = NAMES[1];
      const { code, out, err } = copy.node(VITEST, 'run', '--project', 'contract', test);
      expect(code, out + err).toBe(1);
      expect(out).toMatch(/Tests +5 failed \(5\)/);
      expect(out + err).toContain('the table has no mps.SampleTie');
    },
  );

  it.runIf(IS_WIDE)('a page that was made of a draft is made anew once the draft is filled in', () => {
    const page = ['docs', 'reference', 'sample-tie.md'].join('/');
    const [, file] = NAMES[1];
    expect(read(page)).toContain(MARK);
    copy.write(file, read(file).replaceAll(MARK, 'Filled in'));
    const { code, out, err } = copy.generate();
    expect(code, out + err).toBe(0);
    expect(read(page)).toMatch(/^# mps\.SampleTie\n\nFilled in: /);
    expect(read(page)).not.toContain(MARK);
  });
});
