import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pythonSdkOf, sdkGenerator } from '../generate/sdk.js';
import { packPlugin } from '../package.js';
import type { Say } from '../toolchain/way.js';
import { sectionsOf } from './changelog.js';
import { writeSboms } from './sbom.js';

/**
 * Writes all that a release publishes into a folder, by where it goes: `npm/`, `github/`, the text of the release, and
 * `python-source/`, of which the wheel is built. The Go module is the repository itself.
 */
export async function assemble(root: string, folder: string, say: Say): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  const place = (name: string) => {
    mkdirSync(join(folder, name), { recursive: true });
    return join(folder, name);
  };
  // What `prepack` does was done before this ran.
  for (const each of ['.', 'sdk/nodejs'])
    npm(join(root, each), 'pack', '--silent', '--ignore-scripts', '--pack-destination', place('npm'));
  say('packed for npm');
  await packPlugin(place('github'));
  writeSboms(root, place('github'));
  writeFileSync(join(folder, 'notes.md'), notesOf(root));
  say('packed the plugin, with the lists of its parts');
  const python = pythonSdkOf(await sdkGenerator(say), join(root, 'provider/schema.json'));
  for (const [name, text] of Object.entries(python)) {
    mkdirSync(dirname(join(place('python-source'), name)), { recursive: true });
    writeFileSync(join(folder, 'python-source', name), text);
  }
  say('made the SDK for Python');
}

/** What the changelog says of this version. */
function notesOf(root: string): string {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const section = sectionsOf(readFileSync(join(root, 'CHANGELOG.md'), 'utf8')).find(
    (each) => each.version === version,
  );
  return `${section?.text ?? ''}\n`;
}

function npm(folder: string, ...args: string[]): void {
  execFileSync('npm', args, {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
}
