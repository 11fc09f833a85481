/** A table of a section, by the names in its head. */
export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The tables of a text in Markdown, in their order. */
export function tablesIn(markdown: string): readonly Table[] {
  const blocks = markdown.match(/(?:^\|.*\|$\n?)+/gm) ?? [];
  return blocks.map((block) => {
    const [head = [], , ...rows] = block.trimEnd().split('\n').map(cellsOf);
    return { head, rows };
  });
}

/** The first cell of its head tells a table from the others of its section. */
export function isCalled(table: Table, name: string): boolean {
  return table.head[0] === name;
}

function cellsOf(line: string): string[] {
  return line
    .slice(1, -1)
    .split('|')
    .map((cell) => cell.trim());
}

export function cell({ head }: Table, row: readonly string[], column: string): string {
  const found = row[head.indexOf(column)];
  if (found === undefined) throw new Error(`no column is called ${column}: ${head.join(', ')}`);
  return found;
}

/** The number with which a cell begins: `1,354`, `4.51 s`, `1.11 (1.09 to 1.13)`. */
export function figure(shown: string): number {
  const number = Number.parseFloat(shown.replaceAll(',', ''));
  if (Number.isNaN(number)) throw new Error(`no figure: ${shown}`);
  return number;
}

/** The figure of a goal such as `≤ 1.6: met`; undefined where there is none. */
export function goalIn(shown: string): number | undefined {
  const goal = /^[≤≥] ([\d.]+)/.exec(shown)?.[1];
  return goal === undefined ? undefined : Number(goal);
}
