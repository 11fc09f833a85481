import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { providerText } from '../../../provider/lifecycle/description.js';
import { formatted } from '../../../scripts/generate/formatted.js';
import { filesOf, type Name, nameOf, takenBy } from '../../../scripts/new-resource/name.js';
import { nextSteps } from '../../../scripts/new-resource/next-steps.js';
import { providerFile } from '../../../scripts/new-resource/provider-file.js';
import { PUBLISHED_ENTRIES } from '../../package/published-entries.js';

const ROOT = resolve(__dirname, '../../..');

function named(text: string): Name {
  const name = nameOf(text);
  if (typeof name === 'string') throw new Error(name);
  return name;
}

const DRAFTS = ['imm.SampleThing', 'mps.SampleThing'].flatMap((text) =>
  (['link', 'object'] as const).map((kind) => [text, kind] as const),
);

describe('a new resource', () => {
  it.each(['imm', 'mps'])('of %s: each file that its list names is there', (module) => {
    const files = nextSteps(named(`${module}.SampleThing`)).filter(([where]) => !where.startsWith('np'));
    expect(files.length).toBeGreaterThan(5);
    expect(files.filter(([file]) => !existsSync(join(ROOT, file)))).toEqual([]);
  });

  it('gets the row of published entries that the list of them asks for', () => {
    const lines = nextSteps(named('mps.OutputBucket')).map(([, what]) => what);
    expect(PUBLISHED_ENTRIES['mps.OutputBucket']).toBe(providerText({ entry: 'output-bucket' }));
    const row = `"mps.OutputBucket":${JSON.stringify(PUBLISHED_ENTRIES['mps.OutputBucket'])}`;
    expect(lines).toContain(`the row ${row}`);
  });

  it('has the list that AGENTS.md names', () => {
    const agents = readFileSync(join(ROOT, 'AGENTS.md'), 'utf8');
    const row = agents.split('\n').find((line) => line.startsWith('| a new resource ')) ?? '';
    expect(row).toContain('`npm run new-resource -- mps.Thing`');
    expect(row).toContain('`scripts/new-resource/next-steps.ts`');
  });

  it.each(['mps.OutputBucket', 'imm.OutputBucket', 'imm.GetProject', 'mps.Emulator'])(
    'is not %s, which is taken',
    (text) => {
      expect(takenBy(ROOT, named(text))).not.toEqual([]);
    },
  );

  it.each(['mps.SampleThing', 'imm.Thing2'])('may be %s', (text) => {
    expect(takenBy(ROOT, named(text))).toEqual([]);
    expect(filesOf(named(text)).provider).toMatch(/^provider\/(mps\/sample-thing|imm\/thing2)\.ts$/);
  });

  it.each(DRAFTS)(
    '%s, %s: its file is as the formatter leaves it, and has its parts in the fixed order',
    (text, kind) => {
      const { provider } = filesOf(named(text));
      const source = formatted(ROOT, provider, providerFile(named(text), kind));
      expect(formatted(ROOT, provider, source)).toBe(source);
      const [imports, args, outputs, actions, lifecycle] = [
        ...['\nimport type { Lifecycle }', '\n  args: {', '\n  outputs: {', '\n  ramActions: ['],
        '\nexport const sampleThing: Lifecycle = ',
      ].map((part) => source.indexOf(part));
      const order = [0, imports, args, outputs, actions, lifecycle];
      expect(order).toEqual([...order].sort((one, other) => Number(one) - Number(other)));
      expect(source.split('\n').length).toBeLessThan(125);
    },
  );
});
