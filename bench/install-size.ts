import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { table } from '../scripts/markdown-table.js';
import { broughtBy, found, type Lock, lockIn } from '../scripts/release/locked.js';
import { findRoot } from '../scripts/root.js';
import { whole } from './figures.js';
import type { Part } from './part.js';

const PEER = '@pulumi/pulumi';
const QUICK = ['--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];

interface Size {
  readonly bytes: number;
  readonly files: number;
  readonly packages: number;
}

/** What a package holds itself. What is installed below it is another one. */
function sizeOf(folder: string): Omit<Size, 'packages'> {
  let bytes = 0;
  let files = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && entry.name !== 'node_modules') {
      const below = sizeOf(path);
      bytes += below.bytes;
      files += below.files;
    } else if (entry.isFile()) {
      bytes += statSync(path).size;
      files += 1;
    }
  }
  return { bytes, files };
}

function sizeOfAll(project: string, places: Iterable<string>): Size {
  const sizes = [...places].map((place) => sizeOf(join(project, place)));
  return {
    bytes: sizes.reduce((sum, { bytes }) => sum + bytes, 0),
    files: sizes.reduce((sum, { files }) => sum + files, 0),
    packages: sizes.length,
  };
}

/** The places in which only a dependency has what it brings: they would go with it. */
export function broughtAlone(lock: Lock, name: string, dependency: string): readonly string[] {
  const place = found(lock, name, '') ?? '';
  const others = Object.keys(lock[place]?.dependencies ?? {}).filter((each) => each !== dependency);
  const kept = new Set([...broughtBy(lock, [PEER]), ...broughtBy(lock, others, place)]);
  return [...broughtBy(lock, [dependency], place)].filter((each) => !kept.has(each));
}

function install(project: string, ...packages: string[]): Lock {
  writeFileSync(join(project, 'package.json'), '{"name":"media","private":true}\n');
  npm(project, 'install', ...QUICK, ...packages);
  // Without what is for other machines.
  const { '': _, ...lock } = lockIn(project, 'node_modules/.package-lock.json');
  return lock;
}

function npm(folder: string, ...args: string[]): void {
  execFileSync('npm', args, {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
}

const rowOf = (title: string, { bytes, files, packages }: Size) => [
  title,
  whole(bytes),
  whole(files),
  whole(packages),
];

export const installSize: Part = {
  name: 'install-size',
  title: 'What an installation takes',
  isOfCounts: true,
  async run({ say }) {
    const root = findRoot();
    const read = (file: string) => JSON.parse(readFileSync(join(root, file), 'utf8'));
    const { name, version, dependencies } = read('package.json') as {
      name: string;
      version: string;
      dependencies: Record<string, string>;
    };
    const peer = `${PEER}@${read(`node_modules/${PEER}/package.json`).version}`;
    const scratch = mkdtempSync(join(tmpdir(), 'install-size-'));
    try {
      npm(root, 'pack', '--silent', '--ignore-scripts', '--pack-destination', scratch);
      const tarball = join(scratch, `${name}-${version}.tgz`);
      const [without, project] = ['without', 'with'].map((each) =>
        mkdtempSync(join(scratch, `${each}-`)),
      ) as [string, string];
      say(`  ${peer}`);
      const before = install(without, peer);
      say(`  ${peer} and ${name}`);
      const lock = install(project, peer, tarball);
      const own = found(lock, name, '') ?? '';
      const alone = sizeOfAll(without, Object.keys(before));
      const both = sizeOfAll(project, Object.keys(lock));
      const added: Size = {
        bytes: both.bytes - alone.bytes,
        files: both.files - alone.files,
        packages: both.packages - alone.packages,
      };
      const each = Object.keys(dependencies).map((dependency) => ({
        title: `\`${dependency}\``,
        size: sizeOfAll(project, broughtAlone(lock, name, dependency)),
      }));
      return [
        `The packed package, ${whole(statSync(tarball).size)} bytes, installed by npm into an empty folder beside the ${PEER} that it is developed on.`,
        '',
        ...table([
          ['', 'bytes', 'files', 'packages'],
          rowOf(`${PEER} alone`, alone),
          rowOf('with this package', both),
          rowOf('so that it adds', added),
          rowOf('of that, the package itself', sizeOfAll(project, [own])),
        ]),
        '',
        `What each runtime dependency costs: what would go if it went. What two of them share, or ${PEER} has as well, is in no row.`,
        '',
        ...table([
          ['dependency', 'bytes', 'files', 'packages'],
          ...each
            .sort((one, other) => other.size.bytes - one.size.bytes)
            .map(({ title, size }) => rowOf(title, size)),
        ]),
      ];
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  },
};
