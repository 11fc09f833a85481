import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/index.js';
import { dropAccounts, makeEnvironment } from '../../scripts/environment.js';
import { ProviderProcess } from '../support/dynamic/provider-process.js';
import { PluginClient } from '../support/plugin/plugin-client.js';

const ROOT = resolve(__dirname, '../..');
const PLUGIN = join(ROOT, 'plugin');
const BUNDLE = 'pulumi-resource-alicloud-media.cjs';
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
const text = readFileSync(join(PLUGIN, BUNDLE), 'utf8');

/** A plugin in a folder of its own, in a process of its own. */
class PluginAlone extends PluginClient {
  private constructor(readonly process: ProviderProcess) {
    super((method, request) => process.call(method, request));
  }

  static async start(folder: string, environment: NodeJS.ProcessEnv): Promise<PluginAlone> {
    const { child, port } = await ProviderProcess.spawn([join(folder, 'start.cjs')], folder, environment);
    return new PluginAlone(new ProviderProcess(child, port));
  }
}

/** Nothing but the plugin's own files: no node_modules is above it, and no package.json. */
let alone: string;
let emulator: Emulator;
beforeAll(async () => {
  alone = mkdtempSync(join(tmpdir(), 'plugin-alone-'));
  for (const name of [BUNDLE, 'start.cjs']) copyFileSync(join(PLUGIN, name), join(alone, name));
  emulator = await startEmulator();
});
afterAll(async () => {
  rmSync(alone, { recursive: true, force: true });
  await emulator.close();
});

it('serves from a folder with its own two files alone: schema, a link made and removed, an error by its name', async () => {
  const home = makeEnvironment({ folder: alone, url: emulator.url });
  // Without what the tests load into each process of Node.
  const plugin = await PluginAlone.start(alone, { ...home, NODE_OPTIONS: '' });
  try {
    expect(await plugin.version()).toBe(version);
    expect(await plugin.schema()).toBe(readFileSync(join(ROOT, 'provider/schema.json'), 'utf8'));
    await plugin.configure();
    const type = 'alicloud-media:mps:OutputBucket';
    const { inputs } = await plugin.check(type, { bucket: 'renditions' });
    const { id, outputs } = await plugin.create(type, inputs);
    expect(emulator.mediaBuckets().map(({ bucket }) => bucket)).toEqual(['renditions']);
    await plugin.delete(type, id, outputs);
    expect(emulator.isEmpty()).toBe(true);
    await expect(plugin.check('alicloud-media:mps:Bucket', {})).rejects.toThrow('is no resource of');
  } finally {
    await plugin.process.stop();
  }
});

it.each([['--version'], ['-version'], ['--logtostderr', '-v=9', '--version', '127.0.0.1:1']])(
  'prints its version and ends, asked by %s',
  (...args) => {
    const options = { encoding: 'utf8', timeout: 10_000, env: dropAccounts(process.env) } as const;
    expect(execFileSync(process.execPath, [join(alone, 'start.cjs'), ...args], options)).toBe(`${version}\n`);
  },
);

it('holds no path of the machine that it was built on', () => {
  for (const folder of [ROOT, homedir(), tmpdir()]) expect(text.split(`${folder}/`).length, folder).toBe(1);
  expect(/["'`(\s](\/home\/|\/Users\/|[A-Z]:\\\\)/.exec(text)?.[0]).toBeUndefined();
});

it('keeps the names of the classes of errors', () => {
  const sources = readdirSync(join(ROOT, 'provider'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(ROOT, 'provider', name), 'utf8'));
  const names = sources.flatMap((source) =>
    [...source.matchAll(/class (\w+) extends \w*Error\b/g)].map(([, name = '']) => name),
  );
  expect(names.length).toBeGreaterThan(5);
  // As esbuild gives a class back the name that it had.
  const named = (name: string) => text.includes(`(this,"${name}")`);
  expect(names.filter((name) => !named(name))).toEqual([]);
});

it('comes with the licence of each package that it holds, by its name and version', () => {
  const notices = readFileSync(join(PLUGIN, 'THIRD-PARTY.txt'), 'utf8');
  // The name that esbuild gives to each module in it.
  const files = [
    ...text.matchAll(/"(node_modules\/(?:[^"]*\/node_modules\/)?((?:@[^/"]+\/)?[^/"]+))\/[^"]*"\(/g),
  ];
  const packages = new Map(files.map(([, folder = '', name = '']) => [folder, name]));
  expect([...packages.values()]).toEqual(
    expect.arrayContaining(['@alicloud/pop-core', '@grpc/grpc-js', '@pulumi/pulumi', 'google-protobuf']),
  );
  for (const [folder, name] of packages) {
    const manifest = JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8'));
    expect(notices).toContain(`\n${name} ${manifest.version}, ${manifest.license}`);
  }
  expect(notices).toMatch(/Apache License\s+Version 2\.0/);
  expect(notices).toContain('Permission is hereby granted, free of charge');
});
