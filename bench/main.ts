import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findRoot } from '../scripts/root.js';
import { findToolchain } from '../scripts/toolchain.js';
import { audit } from './audit.js';
import { bindings, buckets, thousand } from './compare.js';
import { entry } from './entry.js';
import { estate } from './estate.js';
import { installSize } from './install-size.js';
import { limiter } from './limiter-rules.js';
import { fourStacks, limit } from './limits.js';
import { describeMachine, load } from './machine.js';
import { type Options, parseOptions, USAGE, WrongUsage } from './options.js';
import { newPage, replaceSections, type Section } from './page.js';
import type { Bench, Part } from './part.js';
import { drawn } from './plots/draw.js';
import { pluginHosts } from './plugin-hosts.js';
import { pluginStart } from './plugin-start.js';
import { requests } from './requests.js';
import { state } from './state-bytes.js';
import { tenMinute } from './ten-minute.js';

const PARTS: readonly Part[] = [
  entry,
  state,
  limiter,
  buckets,
  tenMinute,
  limit,
  fourStacks,
  bindings,
  requests,
  estate,
  thousand,
  audit,
  pluginStart,
  pluginHosts,
  installSize,
];

const PAGE = join('docs', 'internals', 'benchmarks.md');
const PICTURES = join('docs', 'pictures');

// The page goes to stdout, what happens meanwhile to stderr.
const print = (text: string): boolean => process.stdout.write(`${text}\n`);
const say = (text: string): void => void process.stderr.write(`${text}\n`);

/** Measures what the package costs. */
export async function main(args: readonly string[]): Promise<number> {
  try {
    const options = parseOptions(
      args,
      PARTS.map(({ name }) => name),
    );
    if (options.plots) return plots();
    return await measure(options, ['npm run bench', ...(args.length > 0 ? ['--', ...args] : [])].join(' '));
  } catch (error) {
    if (!(error instanceof WrongUsage)) throw error;
    say(`error: ${error.message}\n${USAGE}\nparts: ${PARTS.map(({ name }) => name).join(', ')}`);
    return 2;
  }
}

async function measure(options: Options, command: string): Promise<number> {
  const toolchain = await findToolchain(say);
  const machine = await describeMachine(toolchain);
  for (const line of machine) print(line);
  const isAll = options.parts.length === 0;
  const wanted = PARTS.filter(({ name }) => isAll || options.parts.includes(name));
  const sections: Section[] = [];
  const failed: string[] = [];
  for (const part of wanted) {
    const section = await measurePart(part, { options, toolchain, say }, command);
    if (section === undefined) failed.push(part.name);
    // A whole page has a place for every part, which can be measured again alone.
    if (section === undefined && !isAll) continue;
    sections.push(section ?? { part: part.name, title: part.title, lines: ['Not measured: it failed.'] });
    // Kept after each part: a full run is long, and what was measured stays if it is cut off.
    if (isAll && options.scale === 1)
      keep(machine, [...sections, ...toCome(wanted, sections)], options, isAll);
  }
  say(`\n${keep(machine, sections, options, isAll)}`);
  if (failed.length > 0) say(`failed: ${failed.join(', ')}`);
  return failed.length > 0 ? 1 : 0;
}

function toCome(wanted: readonly Part[], sections: readonly Section[]): Section[] {
  const lines = ['Not measured: the run ended before.'];
  return wanted.slice(sections.length).map(({ name: part, title }) => ({ part, title, lines }));
}

async function measurePart(
  { name, title, isOfCounts = false, run }: Part,
  bench: Bench,
  command: string,
): Promise<Section | undefined> {
  const scale = bench.options.scale === 1 ? '' : ` (scale ${bench.options.scale}: tried, not measured)`;
  say(`\n== ${name}: ${title}${scale}`);
  const busy = load();
  try {
    const lines = await run(bench);
    const day = new Date().toISOString().slice(0, 10);
    const section = {
      part: name,
      title,
      isOfCounts,
      lines: [
        ...lines,
        '',
        `Measured ${day} with \`${command}\`; load average of the machine before: ${busy}.`,
      ],
    };
    print(`\n## ${title}${scale}\n`);
    for (const line of section.lines) print(line);
    return section;
  } catch (error) {
    say(`FAILED ${name}: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

/** Writes the page or the sections, and answers what was done. */
function keep(
  machine: readonly string[],
  sections: readonly Section[],
  { scale }: Options,
  isAll: boolean,
): string {
  if (scale !== 1) return 'Nothing was written: figures of a scaled run are no measurement.';
  const file = join(findRoot(), PAGE);
  if (isAll) {
    write(newPage(machine, sections));
    return `${PAGE} was written.`;
  }
  const page = existsSync(file) ? replaceSections(readFileSync(file, 'utf8'), machine, sections) : undefined;
  if (page === undefined) {
    return `${PAGE} was left alone: it holds no figures of this machine and these versions. Run all parts.`;
  }
  write(page);
  return `The sections of these parts were replaced in ${PAGE}.`;
}

/** Draws the pictures from the figures that the page has. */
function plots(): number {
  write(readFileSync(join(findRoot(), PAGE), 'utf8'));
  say(`The pictures of ${PAGE} were drawn.`);
  return 0;
}

/** Writes the page with its pictures: none stays of a part that has no figures any more. */
function write(text: string): void {
  const { page, files } = drawn(text);
  writeFileSync(join(findRoot(), PAGE), page);
  const folder = join(findRoot(), PICTURES);
  for (const name of readdirSync(folder)) {
    if (/^bench-.*\.svg$/.test(name) && !files.has(name)) rmSync(join(folder, name));
  }
  for (const [name, picture] of files) writeFileSync(join(folder, name), picture);
}
