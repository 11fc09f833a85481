import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { assemble } from './release/assemble.js';
import { problemsOfTag } from './release/versions.js';
import { findRoot } from './root.js';

const USAGE = `usage: npm run -s release -- --check TAG    whether the tag may be released
       npm run -s release -- --out FOLDER   write all that is published; publishes nothing`;

const say = (text: string): void => void process.stderr.write(`${text}\n`);

/** What the release does besides publishing, on any machine. */
export async function main(args: readonly string[]): Promise<number> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ args: [...args], options: { check: text, out: text } });
  if (values.check === undefined && values.out === undefined) {
    say(USAGE);
    return 2;
  }
  if (values.check !== undefined) {
    const problems = problemsOfTag(findRoot(), values.check);
    for (const problem of problems) say(`error: ${problem}`);
    if (problems.length > 0) return 1;
    say(`${values.check} may be released.`);
  }
  if (values.out !== undefined) await assemble(findRoot(), resolve(values.out), say);
  return 0;
}
