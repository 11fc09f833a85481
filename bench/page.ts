/** docs/internals/benchmarks.md: a head, and a section for each part that can be measured again alone. */
export interface Section {
  readonly part: string;
  readonly title: string;
  readonly lines: readonly string[];
  /** It counts, and measures no time: its figures stand beside those of any machine. */
  readonly isOfCounts?: boolean;
}

const HEAD = `# Benchmarks

Written by \`npm run bench\`; do not edit. \`npm run bench -- PART\` measures one part again and replaces its section.

Everything runs against the emulator of this package, on the same machine, without latency. The links of this package
(A) are compared with the same number of empty dynamic resources (B): the type, the properties, the id and the provider
text in the state have the same length, and the provider does nothing. The two sides take turns, operation by
operation, and a ratio is A over B of one round; with several rounds it is the median, with the lowest and the highest.
Each round has fresh stacks with state folders of their own. A figure that misses its goal stays as it is. The pictures
are drawn from the tables below them: \`npm run bench -- --plots\` draws them anew and measures nothing.
`;

const open = (part: string) => `<!-- part: ${part} -->`;
const close = (part: string) => `<!-- end: ${part} -->`;

/** A new page: sections in the order given. */
export function newPage(machine: readonly string[], sections: readonly Section[]): string {
  return `${[HEAD, ...machine, '', ...sections.flatMap(sectionLines)].join('\n').trimEnd()}\n`;
}

/**
 * The page with these sections in place of theirs, and those that it does not have at its end; undefined where it was
 * measured on another machine or with other versions: figures would stand side by side that must not be compared.
 * Sections of counts alone say on which machine, then.
 */
export function replaceSections(
  page: string,
  machine: readonly string[],
  sections: readonly Section[],
): string | undefined {
  const isSame = page.includes(machine.join('\n'));
  if (!isSame && !sections.every(({ isOfCounts }) => isOfCounts)) return undefined;
  let next = page;
  for (const measured of sections) {
    const lines = isSame ? measured.lines : [...measured.lines, '', 'Counted on:', '', ...machine];
    const section = { ...measured, lines };
    const before = partOf(next, section.part);
    const text = sectionLines(section).join('\n').trimEnd();
    next = before === undefined ? `${next.trimEnd()}\n\n${text}\n` : next.replace(before, () => text);
  }
  return next;
}

/** The section of a part as the page has it, with its marks. */
export function partOf(page: string, part: string): string | undefined {
  const start = page.indexOf(open(part));
  const end = page.indexOf(close(part));
  return start < 0 || end < start ? undefined : page.slice(start, end + close(part).length);
}

function sectionLines({ part, title, lines }: Section): string[] {
  return [open(part), '', `## ${title}`, '', ...lines, '', close(part), ''];
}
