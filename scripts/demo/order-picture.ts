import { line, svg, text } from '../svg.js';
import { flattened, orderMessage, type Removed } from './order.js';

const MARGIN = 20;
const HEAD = 66;
const BOX = { width: 252, height: 62 };
const BETWEEN = { columns: 44, rows: 14 };
const FOOT = 30;

const FILLS = {
  // Of the steps, in their order; the last is the destroy.
  step0: ['#bc4c00', '#f0883e'],
  step1: ['#0969da', '#4493f8'],
  box: ['#ffffff', '#0d1117'],
  number: ['#ffffff', '#0d1117'],
} as const;

interface Placed {
  readonly removed: Removed;
  readonly column: number;
  /** Of its middle. */
  readonly row: number;
  readonly parent: Placed | undefined;
}

/** The trees from what holds, at the left, to what is held, each with its place in the order. */
export function orderPicture(trees: readonly Removed[]): string {
  const placed = placedIn(trees);
  const steps = [...new Set([...flattened(trees)].sort((a, b) => a.place - b.place).map(({ step }) => step))];
  const columns = Math.max(...placed.map(({ column }) => column)) + 1;
  const rows = Math.max(...placed.map(({ row }) => row)) + 1;
  const width = 2 * MARGIN + columns * BOX.width + (columns - 1) * BETWEEN.columns;
  const foot = HEAD + rows * (BOX.height + BETWEEN.rows);
  const body = [
    text('text strong', MARGIN, 28, 'The order of a teardown'),
    text(
      'faint',
      MARGIN,
      48,
      'Lines lead from what holds to what is held. The number is the place of the call.',
    ),
    ...placed.flatMap((one) => (one.parent === undefined ? [] : [edge(one.parent, one)])),
    ...placed.map((one) => box(one, steps)),
    ...steps.flatMap((step, index) => {
      const x = MARGIN + index * (BOX.width - 40);
      return [mark(index, x + 10, foot + 8, ''), text('text', x + 26, foot + 13, step)];
    }),
  ];
  return svg({
    width,
    height: foot + FOOT,
    title: 'The order of a teardown',
    description: orderMessage(trees),
    fills: FILLS,
    body,
  });
}

/** What holds nothing takes a row of its own; what holds something stands in the middle of it. */
function placedIn(trees: readonly Removed[]): readonly Placed[] {
  let next = 0;
  const rowOf = (removed: Removed): ReadonlyMap<Removed, number> => {
    const below = new Map(removed.children.flatMap((child) => [...rowOf(child)]));
    const rows = removed.children.map((child) => below.get(child) ?? 0);
    const own = rows.length === 0 ? next++ : (Math.min(...rows) + Math.max(...rows)) / 2;
    return below.set(removed, own);
  };
  const rows = new Map(trees.flatMap((tree) => [...rowOf(tree)]));
  const place = (removed: Removed, column: number, parent?: Placed): readonly Placed[] => {
    const own: Placed = { removed, column, row: rows.get(removed) ?? 0, parent };
    return [own, ...removed.children.flatMap((child) => place(child, column + 1, own))];
  };
  return trees.flatMap((tree) => place(tree, 0));
}

const left = ({ column }: Placed) => MARGIN + column * (BOX.width + BETWEEN.columns);
const top = ({ row }: Placed) => HEAD + row * (BOX.height + BETWEEN.rows);
const middle = (placed: Placed) => top(placed) + BOX.height / 2;

function edge(from: Placed, to: Placed): string {
  const start = left(from) + BOX.width;
  return line(`M${start} ${middle(from)}H${start + BETWEEN.columns / 2}V${middle(to)}H${left(to)}`);
}

function box(placed: Placed, steps: readonly string[]): string {
  const { place, step, action, title, name } = placed.removed;
  const [x, y] = [left(placed), top(placed)];
  return [
    `<rect class="box" x="${x}" y="${y}" width="${BOX.width}" height="${BOX.height}" rx="6"/>`,
    mark(steps.indexOf(step), x + 24, y + BOX.height / 2, String(place)),
    text('text strong', x + 48, y + 19, title),
    text('text', x + 48, y + 36, name),
    text('faint', x + 48, y + 53, action),
  ].join('');
}

/** Of the first step a square, of the next a circle: a colour alone says nothing to some. */
function mark(step: number, x: number, y: number, number: string): string {
  const size = number === '' ? 7 : 13;
  const shape =
    step === 0
      ? `<rect class="step0" x="${x - size}" y="${y - size}" width="${2 * size}" height="${2 * size}"/>`
      : `<circle class="step1" cx="${x}" cy="${y}" r="${size}"/>`;
  return number === '' ? shape : `${shape}${text('number strong middle', x, y + 5, number)}`;
}
