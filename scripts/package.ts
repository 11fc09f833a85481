import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { create } from 'tar';
import { writeSboms } from './release/sbom.js';
import { findRoot } from './root.js';

const NAME = 'pulumi-resource-alicloud-media';
/** As Pulumi names systems and processors: those of Go. */
const SYSTEMS = ['linux', 'darwin', 'windows'] as const;
const PROCESSORS = ['amd64', 'arm64'] as const;
/** Any, always the same. Zero is no time for some programs; this is what npm writes. */
const MADE = new Date('1985-10-26T08:15:00Z');

type System = (typeof SYSTEMS)[number];

/** By its name in the archive, where each file comes from in the checkout. */
function filesFor(system: System): Readonly<Record<string, string>> {
  const launcher = system === 'windows' ? `${NAME}.cmd` : NAME;
  const parts = [launcher, 'start.cjs', `${NAME}.cjs`, 'THIRD-PARTY.txt'];
  return { LICENSE: 'LICENSE', ...Object.fromEntries(parts.map((part) => [part, join('plugin', part)])) };
}

/**
 * Writes the plugin as Pulumi downloads it, an archive for each system and processor, and returns their paths. The same
 * sources give the same bytes.
 */
export async function packPlugin(folder: string): Promise<readonly string[]> {
  const root = findRoot();
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  mkdirSync(folder, { recursive: true });
  const written: string[] = [];
  for (const system of SYSTEMS)
    for (const processor of PROCESSORS) {
      const file = join(folder, `${NAME}-v${version}-${system}-${processor}.tar.gz`);
      await writeArchive(file, filesFor(system), root);
      written.push(file);
    }
  return written;
}

async function writeArchive(file: string, files: Readonly<Record<string, string>>, root: string) {
  const draft = mkdtempSync(join(tmpdir(), 'plugin-archive-'));
  try {
    for (const [name, source] of Object.entries(files)) {
      copyFileSync(join(root, source), join(draft, name));
      // Whatever umask the checkout was made with.
      chmodSync(join(draft, name), name === NAME ? 0o755 : 0o644);
    }
    // `portable` leaves out who made it, and on what.
    const options = { file, cwd: draft, gzip: { level: 9 }, portable: true, mtime: MADE };
    await create(options, Object.keys(files).sort());
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** `npm run -s package [-- --out <folder>]`: the paths of what was written are the lines of stdout. */
export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { out: { type: 'string' } } });
  const folder = resolve(values.out ?? join(findRoot(), 'dist/packages'));
  const written = [...(await packPlugin(folder)), ...writeSboms(findRoot(), folder)];
  process.stdout.write(`${written.join('\n')}\n`);
  return 0;
}
