import { chmodSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { extraNamed } from '../../../scripts/toolchain/extras.js';
import { onPath } from '../../../scripts/toolchain/on-path.js';
import type { Way } from '../../../scripts/toolchain/way.js';
import { findToolchainWith } from '../../../scripts/toolchain.js';

const needed = ['pulumi', 'pulumi-language-nodejs', 'pulumi-resource-pulumi-nodejs'];
const host = 'pulumi-language-yaml';
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
  const script =
    'while [ $# -gt 0 ]; do [ "$1" = -o ] && touch "$2pulumi-language-yaml" "$2sdk-gen"; shift; done';
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

test.each(['brew', '', 'toString'])('--with %j is an error that names what there is', (name) => {
  expect(() => extraNamed(name)).toThrow(`--with takes yaml or sdk, not "${name}"`);
});
