import type { Chart } from './bars.js';
import { cell, figure, goalIn, isCalled, type Table } from './tables.js';

/** A picture of one table of a part. */
export interface Plot {
  readonly name: string;
  readonly part: string;
  /** The first cell of the table's head. */
  readonly table: string;
  /** `tables` are all of the part. */
  chart(table: Table, tables: readonly Table[]): Chart;
}

export const PLOTS: readonly Plot[] = [
  {
    name: 'bench-buckets',
    part: 'buckets',
    table: 'operation',
    chart(table) {
      const ratios = table.rows.map((row) => `${cell(table, row, 'A / B').split(' ')[0]} in ${row[0]}`);
      return {
        title: '200 output buckets, and as many empty resources',
        unit: 'seconds of an operation',
        groups: groups(table, { A: 'this package (A)', B: 'empty resources (B)' }),
        message: `The time of an operation on 200 output buckets, as a multiple of that on as many empty resources: ${listed(ratios)}.`,
      };
    },
  },
  {
    name: 'bench-ten-minute',
    part: 'ten-minute',
    table: 'operation',
    chart(table, tables) {
      const failed = (operation: string, side: string) => {
        const counts = tables.find(({ head }) => head.includes('failed resources'));
        const row = counts?.rows.find(([name, of]) => name === operation && of === side);
        const count = counts && row ? figure(cell(counts, row, 'failed resources')) : 0;
        return count === 0 ? undefined : `failed for ${count}`;
      };
      const ratios = table.rows.map((row) => {
        const [operation = ''] = row;
        const note = failed(operation, 'ten-minute');
        return `${cell(table, row, 'A / ten-minute').split(' ')[0]} in ${operation}${note ? ` (the other ${note} resources)` : ''}`;
      });
      return {
        title: '200 output buckets, and the ten-minute provider',
        unit: 'seconds of an operation, in its first run',
        groups: groups(table, { A: 'this package (A)', 'ten-minute': 'ten-minute provider' }, failed),
        message: `The time of an operation on 200 output buckets, as a share of that with a provider written in ten minutes: ${listed(ratios)}.`,
      };
    },
  },
  {
    name: 'bench-requests',
    part: 'requests',
    table: 'answers',
    chart(table) {
      const operations = [...new Set(table.rows.map((row) => cell(table, row, 'operation')))];
      const drawn = operations.map((title) => {
        const rows = table.rows.filter((row) => cell(table, row, 'operation') === title);
        const bars = rows.map((row) => {
          const shown = cell(table, row, 'for each binding');
          const label = `${cell(table, row, 'program')}: ${row[0]}`;
          return { label, value: figure(shown), shown };
        });
        return { title, bars, goal: goalIn(rows.map((row) => cell(table, row, 'goal'))[0] ?? '') };
      });
      const said = drawn.map(({ title, bars, goal }) => {
        const shown = bars.map(({ value }) => value);
        const [least, most] = [Math.min(...shown).toFixed(2), Math.max(...shown).toFixed(2)];
        const wanted = goal === undefined ? '' : ` (at most ${goal} are wanted)`;
        return `${least === most ? least : `${least} to ${most}`} in ${title}${wanted}`;
      });
      return {
        title: 'Requests for each of 200 dataset bindings in 20 datasets',
        unit: 'requests of a run, divided by the bindings; with a service that answers at once, with a slow one, and with one that lists no project',
        groups: drawn,
        message: `Requests for each binding: ${listed(said)}.`,
      };
    },
  },
  hosts('bench-hosts-time', 'elapsed time', 'seconds of an operation'),
  hosts('bench-hosts-memory', 'memory', 'MiB, the most of the one process that serves the links'),
];

/** The dynamic host and the plugin, by one of the tables of their part. */
function hosts(name: string, table: string, unit: string): Plot {
  const sides = ['Node.js, dynamic', 'Node.js, plugin', 'YAML, plugin'];
  return {
    name,
    part: 'plugin-hosts',
    table,
    chart(found) {
      const against = (side: string) =>
        listed(
          found.rows.map((row) => `${cell(found, row, `${side} / dynamic`).split(' ')[0]} in ${row[0]}`),
        );
      return {
        title: `200 output buckets on the dynamic host and on the plugin: ${table}`,
        unit,
        groups: groups(found, Object.fromEntries(sides.map((side) => [side, side]))),
        message: `The ${table} of the plugin, as a multiple of that of the dynamic host: from Node.js ${against('Node.js, plugin')}; from YAML ${against('YAML, plugin')}.`,
      };
    },
  };
}

/** A group for each row, with a bar for each of these columns. */
function groups(
  table: Table,
  columns: Readonly<Record<string, string>>,
  noteOf: (row: string, column: string) => string | undefined = () => undefined,
): Chart['groups'] {
  return table.rows.map((row) => {
    const [title = ''] = row;
    const bars = Object.entries(columns).map(([column, label]) => {
      const shown = cell(table, row, column);
      return { label, value: figure(shown), shown, note: noteOf(title, column) };
    });
    return { title, bars };
  });
}

function listed(parts: readonly string[]): string {
  return parts
    .join('; ')
    .replace(/; ([^;]*)$/, ' and $1')
    .replaceAll('; ', ', ');
}

export function tableOf(plot: Plot, tables: readonly Table[]): Table | undefined {
  return tables.find((table) => isCalled(table, plot.table));
}
