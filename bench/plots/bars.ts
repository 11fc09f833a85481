import { line, short, svg, text } from '../../scripts/svg.js';

export interface Bar {
  readonly label: string;
  readonly value: number;
  /** The figure as the page has it, with its unit. */
  readonly shown: string;
  /** What a bar alone would hide, such as a failure. */
  readonly note?: string | undefined;
}

/** Bars that are compared with each other; each place among them has its colour in all groups. */
export interface Group {
  readonly title: string;
  readonly bars: readonly Bar[];
  /** The most that is asked for. */
  readonly goal?: number | undefined;
}

export interface Chart {
  readonly title: string;
  /** What the axis counts: `seconds`. */
  readonly unit: string;
  readonly groups: readonly Group[];
  /** The message in words, for whoever does not see it. */
  readonly message: string;
}

const WIDTH = 760;
const MARGIN = 20;
const HEAD = 60;
const GROUP = 24;
const ROW = 21;
const THICK = 15;
const GAP = 12;
const FOOT = 48;
/** Of one character, whatever font there is; rather too much. */
const CHARACTER = 7.3;

const FILLS = {
  bar0: ['#0969da', '#4493f8'],
  bar1: ['#bc4c00', '#f0883e'],
  bar2: ['#6639ba', '#b392f0'],
  bar3: ['#57606a', '#9198a1'],
} as const;

/** Bars from zero, each with its figure. */
export function barChart({ title, unit, groups, message }: Chart): string {
  const bars = groups.flatMap((group) => group.bars);
  const longest = (texts: readonly string[]) => Math.max(...texts.map(({ length }) => length)) * CHARACTER;
  const left = MARGIN + longest(bars.map(({ label }) => label)) + 10;
  const right = WIDTH - MARGIN - longest(bars.map(told)) - 6;
  const ticks = ticksTo(Math.max(...bars.map(({ value }) => value), ...groups.map(({ goal }) => goal ?? 0)));
  const last = ticks.at(-1) ?? 1;
  const x = (value: number) => left + ((right - left) * value) / last;

  const body: string[] = [text('text strong', MARGIN, 28, title), text('faint', MARGIN, 48, unit)];
  let y = HEAD;
  const drawn: string[] = [];
  const figures: string[] = [];
  for (const { title: name, bars: own, goal } of groups) {
    drawn.push(text('text strong halo', MARGIN, y + 16, name));
    const top = y + GROUP;
    own.forEach((bar, index) => {
      const row = top + index * ROW;
      const width = Math.max(1, x(bar.value) - left);
      const place = `x="${short(left)}" y="${row + (ROW - THICK) / 2}" width="${short(width)}" height="${THICK}"`;
      drawn.push(
        text('text end', left - 10, row + 15, bar.label),
        `<rect class="bar${index % Object.keys(FILLS).length}" ${place}/>`,
      );
    });
    y = top + own.length * ROW;
    // Over the lines, so that none goes through a figure.
    own.forEach((bar, index) => {
      figures.push(text('text halo', x(bar.value) + 6, top + index * ROW + 15, told(bar)));
    });
    if (goal !== undefined)
      drawn.push(
        line(`M${short(x(goal))} ${top - 4}V${y}`, true),
        text('faint middle halo', x(goal), top - 8, `goal: ≤ ${goal}`),
      );
    y += GAP;
  }
  for (const tick of ticks) {
    const isZero = tick === 0;
    body.push(
      `<path class="line" d="M${short(x(tick))} ${HEAD}V${y}"${isZero ? '' : ' stroke-opacity="0.25"'}/>`,
      text('faint middle', x(tick), y + 18, String(tick)),
    );
  }
  body.push(...drawn, ...figures);
  const height = y + FOOT - 16;
  return svg({ width: WIDTH, height, title, description: message, fills: FILLS, body });
}

function told({ shown, note }: Bar): string {
  return note === undefined ? shown : `${shown}, ${note}`;
}

/** Round numbers from zero to at least the highest figure, at most six steps. */
function ticksTo(highest: number): readonly number[] {
  const power = 10 ** Math.floor(Math.log10(highest / 6));
  const step = [1, 2, 5, 10].map((each) => each * power).find((each) => highest / each <= 6) ?? highest;
  const count = Math.ceil(highest / step);
  return Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(12)));
}
