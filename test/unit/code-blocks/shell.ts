import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COMMANDS } from '../../../cli/commands.js';
import { type Block, placeOf, ROOT } from './blocks.js';

const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  scripts: Readonly<Record<string, string>>;
};

/** What a person types of a block: of one with prompts their lines, else of a console what does not look like an answer. */
export function typedIn({ language, text }: Block): string {
  if (language === 'sh') return text;
  const lines = text.split('\n');
  const prompted = lines.filter((line) => line.startsWith('$ ')).map((line) => line.slice(2));
  const commands = lines.filter((line) => /^(npm|npx|node|pulumi|export|cd|git) /.test(line));
  return [...(prompted.length > 0 ? prompted : commands), ''].join('\n');
}

/** What is wrong with the commands of a block; nothing of it is run. */
export function mistakesInShell(block: Block): readonly string[] {
  const typed = typedIn(block);
  // In a page these stand for what a reader puts there.
  const text = typed.replaceAll(/<[a-z -]+>/g, 'given');
  const { status, stderr } = spawnSync('bash', ['-n'], { input: text, encoding: 'utf8' });
  const wrong = status === 0 ? [] : [stderr.trim()];
  for (const [, name = '', rest = ''] of text.matchAll(/pulumi-alicloud-media ([a-z]+)\b([^|\n>&]*)/g))
    wrong.push(...mistakesInOptions(name, rest));
  for (const [, name = ''] of text.matchAll(/npm run (?:-s )?([a-z:-]+)/g))
    if (!(name in scripts)) wrong.push(`package.json has no script ${name}`);
  for (const [path] of text.matchAll(/(?<![\w./$-])(?:examples|docs|test|scripts)\/[\w./-]*\w/g))
    if (!existsSync(join(ROOT, path))) wrong.push(`there is no ${path}`);
  return wrong.map((each) => `${placeOf(block)}: ${each}`);
}

function mistakesInOptions(name: string, rest: string): readonly string[] {
  const command = COMMANDS.find((each) => each.name === name);
  if (command === undefined) return [`pulumi-alicloud-media has no command ${name}`];
  const known = command.options.map(({ long }) => long);
  const given = [...rest.matchAll(/(?<=\s)--[a-z-]+/g)].map(([flag]) => flag);
  return given.filter((flag) => !known.includes(flag)).map((flag) => `${name} has no option ${flag}`);
}
