import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FUNCTIONS } from '../../provider/hosts/functions.js';
import { LIFECYCLES } from '../../provider/hosts/lifecycles.js';
import { kebab } from '../generate/words.js';

/** What a new resource is called, in each place that names it. */
export interface Name {
  readonly module: 'imm' | 'mps';
  /** `OutputBucket`. */
  readonly type: string;
  /** `outputBucket`: by which its lifecycle is exported. */
  readonly camel: string;
  /** `output-bucket`: its entry, in the states of users for ever, and its files. */
  readonly entry: string;
  /** `output bucket`. */
  readonly words: string;
}

/** Each capital begins a word: `OssBucket` has the entry `oss-bucket`, and `OSSBucket` would have `o-s-s-bucket`. */
const NAME = /^(imm|mps)\.((?:[A-Z][a-z0-9]+)+)$/;
/** No constant has such a name. */
const RESERVED =
  /^(case|catch|class|default|delete|enum|export|function|import|package|private|public|switch)$/;

/** The name, or why it can be none. */
export function nameOf(text: string): Name | string {
  const [, module, type] = NAME.exec(text) ?? [];
  if (module === undefined || type === undefined)
    return `"${text}" is no name of a resource: imm. or mps., then words that each begin with one capital, such as mps.OutputBucket`;
  const camel = type.charAt(0).toLowerCase() + type.slice(1);
  if (RESERVED.test(camel)) return `its lifecycle would be called ${camel}, which is a word of the language`;
  const entry = kebab(type);
  return { module: module as Name['module'], type, camel, entry, words: entry.replaceAll('-', ' ') };
}

/** The file of its description, and its test. */
export function filesOf({ module, entry }: Name): { readonly provider: string; readonly test: string } {
  return { provider: `provider/${module}/${entry}.ts`, test: `test/contract/${entry}.test.ts` };
}

/** What already has one of its names. A type is one in both modules: states name it without its module. */
export function takenBy(root: string, name: Name): readonly string[] {
  const described = [
    ...LIFECYCLES.map(({ description: { type, entry } }) => ({ called: type, entry })),
    ...FUNCTIONS.map(({ description: { name: called, entry } }) => ({ called, entry })),
  ];
  const { provider, test } = filesOf(name);
  const { module, type, camel, entry } = name;
  const files = [
    ...[provider, test, `provider/${module}/${entry}`, `provider/program/${entry}.ts`],
    ...[`provider/hosts/dynamic/${entry}.ts`, `docs/reference/${entry}.md`],
  ];
  return [
    ...described
      .filter((one) => [type, camel].includes(one.called) || one.entry === entry)
      .map((one) => `${one.called} has the entry ${one.entry}`),
    ...(`./${entry}` in entriesIn(root) ? [`package.json has the entry ./${entry}`] : []),
    ...files.filter((file) => existsSync(join(root, file))).map((file) => `${file} is there`),
  ];
}

function entriesIn(root: string): object {
  return (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly exports: object })
    .exports;
}
