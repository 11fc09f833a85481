import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cacheFolder, makeOnce } from '../../../scripts/toolchain/cache.js';
import { goBuild } from '../../../scripts/toolchain/go-build.js';
import { onPath } from '../../../scripts/toolchain/on-path.js';
import { isToolchain } from '../../../scripts/toolchain/version.js';
import type { Way } from '../../../scripts/toolchain/way.js';
import { findToolchain, folderVariable, forceVariable } from '../../../scripts/toolchain.js';

let scratch: string;
let said: string[];
const say = (text: string): void => {
  said.push(text);
};

beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'toolchain-test-'));
  said = [];
});

afterEach(() => {
  rmSync(scratch, { recursive: true, force: true });
});

function script(folder: string, name: string, text = 'exit 0'): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`);
  chmodSync(join(folder, name), 0o755);
}

/** A folder like the official package: a `pulumi` that only knows its version, and what lies beside it. */
function fakePulumi(folder: string, version: string, beside: string[] = [host, launcher]): string {
  script(folder, 'pulumi', `echo ${version}`);
  for (const name of beside) script(folder, name);
  return folder;
}

const host = 'pulumi-language-nodejs';
const launcher = 'pulumi-resource-pulumi-nodejs';

function env(...path: string[]): NodeJS.ProcessEnv {
  return { PATH: [...path, '/usr/bin', '/bin'].join(delimiter), XDG_CACHE_HOME: join(scratch, 'cache') };
}

function failing(name: string, reason: string): Way {
  return { name, title: `way ${name}`, find: () => Promise.reject(new Error(reason)) };
}

function finding(name: string, folder: string): Way {
  return { name, title: `way ${name}`, find: () => Promise.resolve(folder) };
}

describe('a pulumi on PATH', () => {
  test('of v3.216.0 with everything beside it is taken as it is', async () => {
    const folder = fakePulumi(join(scratch, 'bin'), 'v3.216.0');
    await expect(findToolchain(say, env(folder), [onPath])).resolves.toBe(folder);
    expect(said.join('\n')).toContain('pulumi v3.216.0 on PATH');
  });

  test.each(['v3.100.0', 'v3.215.9', 'v2.250.0', 'v4.0.0'])(
    'of %s is skipped with the reason',
    async (version) => {
      const folder = fakePulumi(join(scratch, 'bin'), version);
      const found = findToolchain(say, env(folder), [onPath, finding('other', '/other')]);
      await expect(found).resolves.toBe('/other');
      expect(said.join('\n')).toContain(`is ${version}, and a 3.x from v3.216.0 on is needed`);
    },
  );

  test('that does not run is skipped with the reason', async () => {
    script(join(scratch, 'bin'), 'pulumi', 'echo broken >&2; exit 3');
    const found = findToolchain(say, env(join(scratch, 'bin')), [onPath, finding('other', '/other')]);
    await expect(found).resolves.toBe('/other');
    expect(said.join('\n')).toContain('exit code 3: broken');
  });

  test('without a language host anywhere is skipped with the reason', async () => {
    const folder = fakePulumi(join(scratch, 'bin'), 'v3.230.0', []);
    const found = findToolchain(say, env(folder), [onPath, finding('other', '/other')]);
    await expect(found).resolves.toBe('/other');
    expect(said.join('\n')).toContain(`no ${host} beside it or on PATH`);
  });

  test('with the language host elsewhere on PATH is completed in the cache', async () => {
    const folder = fakePulumi(join(scratch, 'bin'), 'v3.230.0', []);
    script(join(scratch, 'hosts'), host);
    const found = await findToolchain(say, env(folder, join(scratch, 'hosts')), [onPath]);
    expect(found.startsWith(join(scratch, 'cache'))).toBe(true);
    expect(readdirSync(found).sort()).toEqual(['pulumi', host, launcher]);
  });
});

describe('the ways', () => {
  test('when none works there is one error that names them all and what to install', async () => {
    const ways = [failing('path', 'there is none'), failing('download', 'no route'), failing('go', 'no go')];
    const error: unknown = await findToolchain(say, env(), ways).catch((reason: unknown) => reason);
    expect(String(error)).toMatch(/way path: there is none[\s\S]*way download: no route[\s\S]*way go: no go/);
    expect(String(error)).toMatch(/Install Pulumi 3\.216\.0 or newer[\s\S]*Go/);
  });

  test('the build from Go modules says so when go is missing', async () => {
    const found = findToolchain(say, { ...env(), PATH: join(scratch, 'empty') }, [goBuild]);
    await expect(found).rejects.toThrow('a build from Go modules: go is not installed');
  });

  test('one can be forced, and the others are left out', async () => {
    const ways = [finding('path', '/one'), finding('go', '/two')];
    await expect(findToolchain(say, { ...env(), [forceVariable]: 'go' }, ways)).resolves.toBe('/two');
    const wrong = findToolchain(say, { ...env(), [forceVariable]: 'brew' }, ways);
    await expect(wrong).rejects.toThrow(`${forceVariable} must be one of path, go, not "brew"`);
  });

  test('a later way that was made before goes before one that must be made now', async () => {
    const later: Way = { ...failing('go', 'not asked'), kept: () => Promise.resolve('/kept') };
    const earlier: Way = { ...finding('download', '/downloaded'), kept: () => Promise.resolve(undefined) };
    await expect(findToolchain(say, env(), [failing('path', 'none'), earlier, later])).resolves.toBe('/kept');
  });

  test('a folder that was handed over is not looked for again', async () => {
    await expect(findToolchain(say, { ...env(), [folderVariable]: '/known' }, [])).resolves.toBe('/known');
  });
});

describe('the cache', () => {
  test.each([
    ['linux', { HOME: '/h' }, '/h/.cache'],
    ['darwin', { HOME: '/h' }, '/h/Library/Caches'],
    ['linux', { HOME: '/h', XDG_CACHE_HOME: '/x' }, '/x'],
    ['win32', { HOME: '/h', LOCALAPPDATA: '/l' }, '/l'],
  ] as const)('on %s with %o lies in %s', (platform, variables, folder) => {
    expect(cacheFolder(variables, platform)).toBe(join(folder, 'pulumi-alicloud-media', 'toolchain'));
  });

  test('a half-made toolchain is not used but made again', async () => {
    const folder = fakePulumi(join(scratch, 'cache', 'key'), 'v3.245.0', [host]);
    const made = await makeOnce(folder, isToolchain, async (draft) => {
      fakePulumi(draft, 'v3.245.0');
    });
    expect(made).toBe(folder);
    expect(readdirSync(folder)).toContain(launcher);
  });

  test('a whole toolchain is not made again', async () => {
    const folder = fakePulumi(join(scratch, 'cache', 'key'), 'v3.245.0');
    await makeOnce(folder, isToolchain, () => Promise.reject(new Error('made again')));
  });

  test('a build that fails leaves nothing behind', async () => {
    const made = makeOnce(join(scratch, 'cache', 'key'), isToolchain, async (draft) => {
      fakePulumi(draft, 'v3.245.0', []);
    });
    await expect(made).rejects.toThrow('does not run or lacks a file');
    expect(readdirSync(join(scratch, 'cache'))).toEqual([]);
  });

  test('of two makers at once the first to finish wins and both get its folder', async () => {
    const folder = join(scratch, 'cache', 'key');
    const make = async (draft: string): Promise<void> => {
      fakePulumi(draft, 'v3.245.0');
    };
    const both = await Promise.all([
      makeOnce(folder, isToolchain, make),
      makeOnce(folder, isToolchain, make),
    ]);
    expect(both).toEqual([folder, folder]);
    expect(readdirSync(join(scratch, 'cache'))).toEqual(['key']);
  });
});
