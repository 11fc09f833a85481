import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** A text as the formatter leaves a file of this name, so that the file on disk can be compared with it. */
export function formatted(root: string, file: string, source: string): string {
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
  const options = { cwd: root, input: source, encoding: 'utf8' } as const;
  return execFileSync(process.execPath, [biome, 'check', '--write', `--stdin-file-path=${file}`], options);
}
