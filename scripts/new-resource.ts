import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { formatted } from './generate/formatted.js';
import { MARK, marksIn } from './new-resource/mark.js';
import { filesOf, nameOf, takenBy } from './new-resource/name.js';
import { nextSteps } from './new-resource/next-steps.js';
import { providerFile } from './new-resource/provider-file.js';
import { testFile } from './new-resource/test-file.js';
import { findRoot } from './root.js';

const USAGE = `usage: npm run new-resource -- mps.Thing            a link: it is made and removed, and nothing of it is changed
       npm run new-resource -- --object imm.Thing   an object: made, shown, updated and deleted by its names`;

const refuse = (...problems: readonly string[]): number => {
  for (const problem of problems) process.stderr.write(`error: ${problem}\n`);
  process.stderr.write(`${USAGE}\n`);
  return 2;
};

/** Lays down a resource in one file, and its test, which fails until the marks in both are filled in. */
export async function main(args: readonly string[], root = findRoot()): Promise<number> {
  const given = parsed(args);
  if (typeof given === 'string') return refuse(given);
  const name = nameOf(given.name);
  if (typeof name === 'string') return refuse(name);
  const taken = takenBy(root, name);
  if (taken.length > 0) return refuse(...taken.map((why) => `${given.name} is taken: ${why}`));

  const { provider, test } = filesOf(name);
  const texts = [
    [provider, formatted(root, provider, providerFile(name, given.kind))],
    [test, formatted(root, test, testFile(name, given.kind))],
  ] as const;
  for (const [file, text] of texts) {
    // Whatever came to be there meanwhile stays.
    writeFileSync(join(root, file), text, { flag: 'wx' });
    console.log(`wrote ${file}`);
  }
  console.log(`\nTo fill in, each marked ${MARK}:`);
  for (const mark of texts.flatMap(([file, text]) => marksIn(file, text))) console.log(`  ${mark}`);
  console.log('\nThen, in this order:');
  for (const [where, what] of nextSteps(name)) console.log(`  ${where}: ${what}`);
  return 0;
}

function parsed(
  args: readonly string[],
): { readonly name: string; readonly kind: 'link' | 'object' } | string {
  try {
    const options = { object: { type: 'boolean' } } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [name, ...more] = positionals;
    if (name === undefined || more.length > 0) return 'name one resource';
    return { name, kind: values.object === true ? 'object' : 'link' };
  } catch (error) {
    // Node goes on with how else it could be meant.
    return String(error instanceof Error ? error.message : error).split('. ')[0] ?? '';
  }
}
