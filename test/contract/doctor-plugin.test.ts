import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/index.js';
import { DoctorWorld } from './doctor-world.js';

let emulator: Emulator;
let world: DoctorWorld;

beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());
beforeEach(() => {
  world = new DoctorWorld(emulator.url);
});
afterEach(() => world.remove());

it('the plugin is not needed by dynamic resources, and missing for YAML', async () => {
  expect((await world.report()).of('plugin')).toBe(
    'skip: not found: needed only for YAML and the -plugin SDK',
  );
  world.write('Pulumi.yaml', 'name: media\nruntime: yaml\n');
  expect((await world.report()).of('plugin')).toMatch(
    /^problem: not found.*\n.*pulumi plugin install resource alicloud-media \d/,
  );
});

it('the plugin is found by Pulumi.yaml, on PATH and in the plugin cache, as the engine finds it', async () => {
  const home = world.environment.PULUMI_HOME ?? '';
  const cached = join(home, 'plugins/resource-alicloud-media-v0.1.0');
  mkdirSync(cached, { recursive: true });
  writeFileSync(join(cached, 'pulumi-resource-alicloud-media'), '', { mode: 0o755 });
  expect((await world.report()).of('plugin')).toBe('ok: 0.1.0 in the plugin cache');
  world.write('bin/pulumi-resource-alicloud-media', '');
  const PATH = `${join(world.folder, 'bin')}:${world.environment.PATH}`;
  expect((await world.report([], { PATH })).of('plugin')).toMatch(/^ok: .* on PATH; else 0\.1\.0/);
  const yaml = (path: string) =>
    `name: media\nruntime: yaml\nplugins:\n  providers:\n    - name: alicloud-media\n      path: ${path}\n`;
  world.write('Pulumi.yaml', yaml('bin'));
  expect((await world.report()).of('plugin')).toMatch(/^ok: bin, as plugins\.providers/);
  world.write('Pulumi.yaml', yaml('elsewhere'));
  expect((await world.report()).of('plugin')).toMatch(/^problem: .* names elsewhere/);
  const packages = (source: string) => `name: media\nruntime: yaml\npackages:\n  alicloud-media: ${source}\n`;
  world.write('Pulumi.yaml', packages('./bin'));
  expect((await world.report()).of('plugin')).toBe('ok: bin, as packages of Pulumi.yaml says');
  world.write('Pulumi.yaml', packages('{ source: ../elsewhere }'));
  expect((await world.report()).of('plugin')).toMatch(/^problem: packages .* names \.\.\/elsewhere/);
  // A name is for the cache.
  world.write('Pulumi.yaml', packages('alicloud-media@0.1.0'));
  expect((await world.report()).of('plugin')).toBe('ok: 0.1.0 in the plugin cache');
});
