import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { extraNamed } from '../../../scripts/toolchain/extra-programs.js';
import { onPath } from '../../../scripts/toolchain/on-path.js';
import type { Way } from '../../../scripts/toolchain/way.js';
import { findToolchainWith, main } from '../../../scripts/toolchain.js';

const needed = ['pulumi', 'pulumi-language-nodejs', 'pulumi-resource-pulumi-nodejs'];
const host = 'pulumi-language-yaml';
const hosts = ['pulumi-language-python', 'pulumi-language-go'];
let scratch: string;
const say = (): void => {};

beforeEach(() => {
  scratch = realpathSync(mkdtempSync(join(tmpdir(), 'toolchain-extras-')));
});
afterEach(() => rmSync(scratch, { recursive: true, force: true }));

function programs(folder: string, ...names: string[]): string {
  const path = join(scratch, folder);
  mkdirSync(path, { recursive: true });
  for (const name of names) {
    writeFileSync(join(path, name), '#!/bin/sh\necho v3.300.0\n');
    chmodSync(join(path, name), 0o755);
  }
  return path;
}

/** A Go that makes what it is told to, in no time; without one, none is found. */
function goThatBuilds(): string {
  const folder = programs('go');
  const made = [host, 'sdk-gen', 'language-host', ...hosts, 'pulumi-converter-yaml'];
  const module = programs('module/python/cmd', 'pulumi-language-python-exec');
  const script = `[ "$1" = list ] && echo ${join(module, '../..')}
while [ $# -gt 0 ]; do if [ "$1" = -o ]; then for name in ${made.join(' ')}; do touch "$2$name"; done; fi; shift; done`;
  writeFileSync(join(folder, 'go'), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, 'go'), 0o755);
  return folder;
}

const cache = () => join(scratch, 'cache', 'pulumi-alicloud-media', 'toolchain');

function env(...path: string[]): NodeJS.ProcessEnv {
  return { PATH: [...path, '/usr/bin', '/bin'].join(delimiter), XDG_CACHE_HOME: join(scratch, 'cache') };
}

const kept = (folder: string): Way => ({
  name: 'go',
  title: 'a build',
  find: () => Promise.resolve(folder),
});

describe('the YAML host', () => {
  test('beside a pulumi on PATH is taken with it', async () => {
    const folder = programs('bin', ...needed, host);
    expect(await findToolchainWith(['yaml'], say, env(folder), [onPath])).toBe(folder);
  });

  test('elsewhere on PATH is put beside the pulumi of PATH, which stays as it is', async () => {
    const folder = programs('bin', ...needed);
    const found = await findToolchainWith(['yaml'], say, env(folder, programs('hosts', host)), [onPath]);
    expect(found.startsWith(cache())).toBe(true);
    expect(readdirSync(found)).toEqual([...needed.slice(0, 2), host, ...needed.slice(2)]);
    expect(realpathSync(join(found, 'pulumi'))).toBe(join(folder, 'pulumi'));
    expect(readdirSync(folder)).toEqual(needed);
  });

  test('of a PATH whose pulumi is not used is not mixed with another pulumi', async () => {
    const folder = programs('cache/pulumi-alicloud-media/toolchain/go-3', ...needed);
    const found = findToolchainWith(['yaml'], say, env(programs('hosts', host)), [kept(folder)]);
    await expect(found).rejects.toThrow(`the toolchain lacks ${host}, and it cannot be built: go is not`);
  });

  test('is built alone and once, and the pulumi that is there is used', async () => {
    const folder = programs('cache/pulumi-alicloud-media/toolchain/go-3', ...needed);
    const go = goThatBuilds();
    const find = () => findToolchainWith(['yaml'], say, env(go), [kept(folder)]);
    const found = await find();
    expect(readdirSync(found).sort()).toEqual([...needed, host].sort());
    // Not a link, or `pulumi` would look for its hosts in the folder that lacks one, and warn.
    expect(realpathSync(join(found, 'pulumi'))).toBe(join(found, 'pulumi'));
    rmSync(join(go, 'go'));
    expect(await find()).toBe(found);
  });
});

test('two extras stand in one folder', async () => {
  const folder = programs('cache/pulumi-alicloud-media/toolchain/go-3', ...needed);
  const found = await findToolchainWith(['yaml', 'sdk'], say, env(goThatBuilds()), [kept(folder)]);
  expect(readdirSync(found).sort()).toEqual([...needed, host, 'sdk-gen'].sort());
});

describe('the hosts of Python and Go, and what writes programs in Node.js', () => {
  const names = ['codegen', 'go', 'python'] as const;
  const exec = 'pulumi-language-python-exec';

  test('are built, each old host behind what today asks of one', async () => {
    const folder = programs('cache/pulumi-alicloud-media/toolchain/go-3', ...needed);
    const found = await findToolchainWith(names, say, env(goThatBuilds()), [kept(folder)]);
    const own = [...needed, ...hosts, exec, 'pulumi-converter-yaml'];
    expect(readdirSync(found).sort()).toEqual([...own, 'codegen', 'old'].sort());
    expect(readdirSync(join(found, 'codegen'))).toEqual(['pulumi-language-nodejs']);
    expect(readdirSync(join(found, 'old')).sort()).toEqual([...hosts, exec].sort());
    // The script is Pulumi's, as it is.
    expect(readFileSync(join(found, exec), 'utf8')).toContain('echo v3.300.0');
  });

  test('of the official download are taken as they are', async () => {
    const place = 'cache/pulumi-alicloud-media/toolchain/download-3/bin';
    const folder = programs(place, ...needed, ...hosts, exec);
    expect(await findToolchainWith(['go', 'python'], say, env(), [kept(folder)])).toBe(folder);
    const found = await findToolchainWith(names, say, env(), [kept(folder)]);
    expect(readdirSync(found).sort()).toEqual([...needed, ...hosts, exec, 'codegen'].sort());
    expect(statSync(join(found, 'codegen/pulumi-language-nodejs')).ino).toBe(
      statSync(join(folder, 'pulumi-language-nodejs')).ino,
    );
  });
});

test('--with takes several names with commas between', async () => {
  const told = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  expect(await main(['--with', 'yaml,brew'])).toBe(1);
  expect(told).toHaveBeenCalledWith(expect.stringContaining('not "brew"'));
  told.mockRestore();
});

test.each(['brew', '', 'toString'])('--with %j is an error that names what there is', (name) => {
  expect(() => extraNamed(name)).toThrow(
    `--with takes yaml, python, go, java, codegen, sdk or actionlint, not "${name}"`,
  );
});
