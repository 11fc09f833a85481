/** A report as JSON, in pure ASCII, so that no name in it moves the cursor or turns the order of a terminal. */
export function jsonText(report: object): string {
  const text = JSON.stringify(report, undefined, 2);
  const escaped = text.replace(
    /[^\n -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `${escaped}\n`;
}
