import { escaped, type Theme } from '../svg.js';
import { toldBy } from './told.js';

const COLUMNS = 116;
const CHARACTER = 7.8;
const LINE = 20;
const MARGIN = 18;

/** What tells in a destroy: what was deleted, in its order, by which call and to what end, and how many. */
export function teardownLines(output: string): readonly string[] {
  const { changed, calls, counts } = toldBy(output);
  const told = calls.flatMap((line) => wrapped(line.replace(/, RequestId [-0-9A-F]{36}/, '')));
  return [...changed, '', ...told, '', 'Resources:', ...counts];
}

function wrapped(line: string): string[] {
  if (line.length <= COLUMNS) return [line];
  const end = line.lastIndexOf(' ', COLUMNS);
  return [line.slice(0, end), ...wrapped(`        ${line.slice(end + 1)}`)];
}

/** A terminal with a command and what it printed, as an SVG that loads nothing. */
export function terminalPicture(command: string, lines: readonly string[], theme: Theme): string {
  const all = [`$ ${command}`, '', ...lines];
  const width = Math.ceil(COLUMNS * CHARACTER + 2 * MARGIN);
  const height = all.length * LINE + 2 * MARGIN;
  const texts = all.map((line, row) => textOf(line, MARGIN + (row + 0.75) * LINE, theme)).filter(Boolean);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" role="img">
<title>${escaped(all.join('\n'))}</title>
<desc>Made by npm run demo -- --picture.</desc>
<rect width="${width}" height="${height}" rx="8" fill="${theme.background}"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace" font-size="13" xml:space="preserve">
${texts.join('\n')}
</g>
</svg>
`;
}

function textOf(line: string, y: number, { text, faint, deleted }: Theme): string {
  const indent = line.length - line.trimStart().length;
  const shown = line.slice(indent);
  if (shown === '') return '';
  const colour = shown.startsWith('- ') ? deleted : shown.startsWith('$ ') ? faint : text;
  const at = `x="${(MARGIN + indent * CHARACTER).toFixed(1)}" y="${y}"`;
  // Whatever font there is, a column is as wide.
  const fitted = `textLength="${(shown.length * CHARACTER).toFixed(1)}" lengthAdjust="spacingAndGlyphs"`;
  return `<text ${at} ${fitted} fill="${colour}">${escaped(shown)}</text>`;
}
