import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cacheFolder } from '../toolchain/cache.js';
import { built, programOf } from '../toolchain/extras.js';
import type { Say } from '../toolchain/way.js';
import { findToolchainWith, folderVariable } from '../toolchain.js';

/** Writes sdk/nodejs/ anew from the schema. Without Go there is no generator, and it is left as it is. */
export async function writeNodeSdk(root: string, say: Say): Promise<void> {
  const generator = await sdkGenerator(say).catch((error: unknown) => {
    say(`sdk/nodejs is left as it is: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  });
  if (generator === undefined) return;
  const folder = join(root, 'sdk/nodejs');
  const files = nodeSdkOf(generator, join(root, 'provider/schema.json'));
  const before = filesOf(folder);
  for (const name of Object.keys(before)) if (!(name in files)) rmSync(join(folder, name));
  for (const [name, text] of Object.entries(files)) {
    if (before[name] === text) continue;
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
    say(`wrote sdk/nodejs/${name}`);
  }
}

/** That of the toolchain that a test was given; elsewhere it is built by itself, since the CLI is not needed for it. */
async function sdkGenerator(say: Say): Promise<string> {
  if (process.env[folderVariable]) return join(await findToolchainWith(['sdk'], say), programOf('sdk'));
  return built('sdk', { cache: cacheFolder(process.env), env: process.env, say });
}

/** The files of the Node.js SDK, by their path in its folder, as the generator of Pulumi makes them of the schema. */
export function nodeSdkOf(generator: string, schema: string): Readonly<Record<string, string>> {
  const scratch = mkdtempSync(join(tmpdir(), 'node-sdk-'));
  try {
    execFileSync(generator, [schema, scratch, 'nodejs'], { stdio: ['ignore', 'inherit', 'inherit'] });
    const folder = join(scratch, 'nodejs');
    const { 'package.json': manifest = '', ...files } = filesOf(folder);
    return { ...files, 'package.json': withEntry(manifest) };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** The text of each file in a folder, by its path, but for what is made of them. */
export function filesOf(folder: string): Readonly<Record<string, string>> {
  mkdirSync(folder, { recursive: true });
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => !/^(bin|node_modules)([/\\]|$)/.test(name) && statSync(join(folder, name)).isFile())
    .sort();
  return Object.fromEntries(
    names.map((name) => [name.replaceAll('\\', '/'), readFileSync(join(folder, name), 'utf8')]),
  );
}

/**
 * The generator leaves it to whoever publishes to say where the compiled code is; the notes of tsc are no part of it. And
 * it has `pulumi install` look for the plugin in Pulumi's own cache or a download, where a project of npm has none.
 */
function withEntry(manifest: string): string {
  const { name, version, description, pulumi, ...rest } = JSON.parse(manifest) as Record<string, unknown>;
  const entry = { main: 'bin/index.js', files: ['bin', '!bin/*.tsbuildinfo'] };
  const whole = {
    name,
    version,
    description,
    ...entry,
    ...rest,
    pulumi: { ...Object(pulumi), resource: false },
  };
  return `${JSON.stringify(whole, undefined, 4)}\n`;
}
