import { partOf } from '../page.js';
import { barChart } from './bars.js';
import { PLOTS, tableOf } from './plots.js';
import { tablesIn } from './tables.js';

/** What the page's own figures give: the page with its pictures beside their tables, and each picture by its file. */
export interface Drawn {
  readonly page: string;
  readonly files: ReadonlyMap<string, string>;
}

/** A picture of ours in the page, whatever it says. */
const SHOWN = /^!\[[^\]]*\]\(\.\.\/pictures\/bench-[\w-]+\.svg\)\n\n/gm;

/** Draws from what the page says, so that no picture can show another figure; a part without its table has none. */
export function drawn(page: string): Drawn {
  let next = page.replace(SHOWN, '');
  const files = new Map<string, string>();
  for (const plot of PLOTS) {
    const section = partOf(next, plot.part);
    if (section === undefined) continue;
    const tables = tablesIn(section);
    const table = tableOf(plot, tables);
    if (table === undefined) continue;
    const chart = plot.chart(table, tables);
    const file = `${plot.name}.svg`;
    files.set(file, barChart(chart));
    const lines = section.split('\n');
    const head = lines.findIndex((line) => line.startsWith('|') && line.split('|')[1]?.trim() === plot.table);
    const shown = [`![${chart.message}](../pictures/${file})`, ''];
    next = next.replace(section, () => [...lines.slice(0, head), ...shown, ...lines.slice(head)].join('\n'));
  }
  return { page: next, files };
}
