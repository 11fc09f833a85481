/** What tells in the output of a command: what it changes, by which calls and to what end, and how many. */
export interface Told {
  readonly changed: readonly string[];
  readonly calls: readonly string[];
  readonly counts: readonly string[];
}

/** Where an `up` or a `destroy` has shown what it would do, what it does comes after. */
const PART = /^(?=(?:Previewing \w+|Updating|Destroying) \()/m;

/** Without progress, outputs, and the lines that name the emulator's endpoints. */
export function toldBy(output: string): Told {
  const part = output.split(PART).at(-1) ?? '';
  const lines = part.split('\n').map((line) => line.trimEnd());
  return {
    changed: lines.filter((line) => /^ - .* (?:delete$|deleted \()/.test(line)).map(withoutCounts),
    calls: lines.filter((line) => /^ {4}\S+ \S+: (?:Delete|Unbind|Detach)\w+ \(account /.test(line)),
    counts: lines
      .slice(lines.lastIndexOf('Resources:') + 1)
      .filter((line) => /^ {4}(?:- )?\d+ [a-z ]+$/.test(line)),
  };
}

/** What a step said while it waited stands behind it. */
function withoutCounts(line: string): string {
  return line.replace(/(deleted \([\d.]+s\)).*$/, '$1');
}
