import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { makeEnvironment } from '../../scripts/environment.js';
import { packPlugin } from '../../scripts/package.js';
import { packedBy } from '../package/installed-project.js';
import { caches, withoutNpm } from './language-tools.js';

const ROOT = resolve(__dirname, '../..');

/** What docs/guides/plugin.md has a person write and type in a language. */
export interface Sequence {
  readonly files: Readonly<Record<string, string>>;
  /** One of the page's lines each. */
  readonly commands: readonly string[];
}

export function sequenceOf(language: string): Sequence {
  const page = readFileSync(join(ROOT, 'docs/guides/plugin.md'), 'utf8');
  const [, section = ''] = new RegExp(`^### ${language}\n([\\s\\S]*?)^##`, 'm').exec(page) ?? [];
  const files = [...section.matchAll(/^`(\S+)`:\n\n```\w+\n([\s\S]*?)^```$/gm)];
  const typed = [...section.matchAll(/^```sh\n([\s\S]*?)^```$/gm)];
  return {
    files: Object.fromEntries(files.map(([, name = '', text = '']) => [name, text])),
    commands: typed.flatMap(([, text = '']) => text.trim().split('\n')),
  };
}

/** As Pulumi names this machine. */
const HERE = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}`;

/** What the clone makes to be installed, in `dist/packages` of the page. */
export async function packages(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'packages-'));
  await packPlugin(folder);
  await packedBy(join(ROOT, 'sdk/nodejs'), '--pack-destination', folder);
  return folder;
}

/** An empty folder, and a machine on which nothing was installed but the tools. */
export class EmptyFolder {
  readonly folder = mkdtempSync(join(tmpdir(), 'from-nothing-'));
  readonly environment: NodeJS.ProcessEnv;
  readonly #home = mkdtempSync(join(tmpdir(), 'machine-'));

  constructor(toolchain: string, url: string, packed: string) {
    const environment = makeEnvironment({ folder: this.#home, toolchain, url });
    this.environment = {
      ...environment,
      PATH: withoutNpm(environment.PATH),
      packages: packed,
      ...caches(),
    };
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.folder, name)), { recursive: true });
      writeFileSync(join(this.folder, name), text);
    }
  }

  read(name: string): string {
    return readFileSync(join(this.folder, name), 'utf8');
  }

  remove(): void {
    for (const folder of [this.folder, this.#home]) rmSync(folder, { recursive: true, force: true });
  }
}

/** The line as it is typed, but that nobody is there to answer `pulumi up`, and for this machine. */
export function typed(line: string, pulumi: string): string {
  return line
    .replace('linux-amd64', HERE)
    .replace(/^pulumi up$/, 'pulumi up --yes')
    .replace('@pulumi/pulumi', `@pulumi/pulumi@${pulumi}`);
}
