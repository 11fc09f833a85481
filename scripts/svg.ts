/** The colours of a picture, which are those of a terminal on GitHub. */
export interface Theme {
  readonly background: string;
  readonly text: string;
  readonly faint: string;
  readonly deleted: string;
}

export const THEMES: Readonly<Record<'light' | 'dark', Theme>> = {
  light: { background: '#f6f8fa', text: '#1f2328', faint: '#59636e', deleted: '#b3261e' },
  dark: { background: '#151b23', text: '#e6edf3', faint: '#9198a1', deleted: '#ff8f86' },
};

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** What a screen reader says first, and a browser shows beside the pointer. */
  readonly title: string;
  readonly description: string;
  /** Fills of classes in the light and in the dark, besides `text`, `faint` and `background`. */
  readonly fills: Readonly<Record<string, readonly [light: string, dark: string]>>;
  readonly body: readonly string[];
}

/**
 * A picture that loads nothing and stands on a ground of its own: readable also where a page is dark and the system is not.
 * Colours stand in plain rules, since not every reader of SVG knows variables.
 */
export function svg({ width, height, title, description, fills, body }: Picture): string {
  const { light, dark } = THEMES;
  const all: Picture['fills'] = {
    ground: [light.background, dark.background],
    text: [light.text, dark.text],
    faint: [light.faint, dark.faint],
    ...fills,
  };
  const rules = (index: 0 | 1) =>
    Object.entries(all).map(([name, colours]) => `.${name}{fill:${colours[index]}}`);
  const lines = (index: 0 | 1) => `.line{stroke:${all.faint?.[index]}}.halo{stroke:${all.ground?.[index]}}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" role="img">
<title>${escaped(title)}</title>
<desc>${escaped(description)}</desc>
<style>
text{font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','DejaVu Sans',sans-serif;font-size:13px}
.strong{font-weight:600}.end{text-anchor:end}.middle{text-anchor:middle}.line{fill:none}.halo{paint-order:stroke;stroke-width:4px;stroke-linejoin:round}
${rules(0).join('')}${lines(0)}
@media (prefers-color-scheme:dark){${rules(1).join('')}${lines(1)}}
</style>
<rect class="ground" width="${width}" height="${height}" rx="8"/>
${body.join('\n')}
</svg>
`;
}

/** Text of these classes, with its foot at y. */
export function text(classes: string, x: number, y: number, shown: string): string {
  return `<text class="${classes}" x="${short(x)}" y="${short(y)}">${escaped(shown)}</text>`;
}

/** A line through these points. */
export function line(points: string, isDashed = false): string {
  return `<path class="line" d="${points}"${isDashed ? ' stroke-dasharray="4 3"' : ''}/>`;
}

/** A number without digits that nobody sees. */
export function short(value: number): string {
  return String(Math.round(value * 10) / 10);
}

export function escaped(shown: string): string {
  return shown.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
