import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundledPackages } from '../generate/licences-page.js';
import { askedBy, found, type Lock, type Locked, lockIn, runtimePlaces } from './locked.js';

interface Subject {
  readonly name: string;
  readonly version: string;
  readonly license: string;
}

type Names = Readonly<Record<string, string>>;

/** Writes what each thing that users install is made of, and returns the paths. */
export function writeSboms(root: string, folder: string): readonly string[] {
  return Object.entries(sboms(root, lockIn(root))).map(([name, text]) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  });
}

/** A list of parts in CycloneDX, as npm writes it, by the name of its file. */
function sboms(root: string, lock: Lock): Names {
  const { name, version, license } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Subject;
  const plugin = 'pulumi-resource-alicloud-media';
  const notices = readFileSync(join(root, 'plugin/THIRD-PARTY.txt'), 'utf8');
  return {
    [`${name}-v${version}.cdx.json`]: sbomOf({ name, version, license }, installed(lock)),
    [`${plugin}-v${version}.cdx.json`]: sbomOf({ name: plugin, version, license }, bundled(lock, notices)),
  };
}

interface Parts {
  /** What the subject asks for itself. */
  readonly dependencies: Names;
  readonly packages: Lock;
}

function installed(lock: Lock): Parts {
  const packages = Object.fromEntries(runtimePlaces(lock).map((place) => [place, lock[place] ?? {}]));
  return { dependencies: lock['']?.dependencies ?? {}, packages };
}

/** In one file there are no places, so that all parts lie side by side. */
function bundled(lock: Lock, notices: string): Parts {
  const dependencies: Record<string, string> = {};
  const packages: Record<string, Locked> = {};
  for (const { name, version } of bundledPackages(notices)) {
    const part = Object.entries(lock).find(
      ([place, each]) => place.endsWith(`node_modules/${name}`) && each.version === version,
    );
    if (part === undefined) throw new Error(`${name} ${version} is bundled, but is not in package-lock.json`);
    // Of a second version npm takes an alias.
    const alias = name in dependencies ? `${name}-${version}` : name;
    dependencies[alias] = alias === name ? version : `npm:${name}@${version}`;
    packages[`node_modules/${alias}`] = { ...part[1], name };
  }
  return { dependencies, packages };
}

/**
 * In a folder with a lock of just these parts: of a project with workspaces, npm lists what is for development as well, or
 * gives up.
 */
function sbomOf(subject: Subject, { dependencies, packages }: Parts): string {
  const scratch = mkdtempSync(join(tmpdir(), 'sbom-'));
  // npm calls the subject by its folder.
  const folder = join(scratch, subject.name);
  try {
    mkdirSync(folder);
    const manifest = { ...subject, dependencies };
    const locked = { '': manifest, ...packages };
    const only = Object.fromEntries(
      Object.entries(packages).map(([place, entry]) => [place, askingOnly(locked, place, entry)]),
    );
    const lock = { ...subject, lockfileVersion: 3, packages: { '': manifest, ...only } };
    writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lock));
    const args = ['sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev', '--package-lock-only'];
    return execFileSync('npm', args, {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
      shell: process.platform === 'win32',
    });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** A part that asks for none but the others, since npm takes a missing one for a mistake, and that is not for development. */
function askingOnly(lock: Lock, place: string, entry: Locked): Locked {
  const { name, version = '', license = '', integrity = '' } = entry;
  const names = askedBy(entry).filter((each) => found(lock, each, place) !== undefined);
  const dependencies = Object.fromEntries(names.map((each) => [each, '*']));
  return { ...(name === undefined ? {} : { name }), version, license, integrity, dependencies };
}
