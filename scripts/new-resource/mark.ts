/** What stands wherever a person has to fill in what nothing can be derived from. */
export const MARK = 'TODO(new-resource)';

/** `provider/mps/thing.ts:12: what it is` for each mark in a file. */
export function marksIn(file: string, text: string): readonly string[] {
  return text.split('\n').flatMap((line, index) => {
    const [, what] = line.split(`${MARK}: `);
    return what === undefined ? [] : [`${file}:${index + 1}: ${what.replace(/[.'"`},\s]+$/, '')}`];
  });
}
