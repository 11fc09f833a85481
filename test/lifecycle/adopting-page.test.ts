import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  type Emulator,
  startEmulator,
  TEST_ACCESS_KEY_ID,
  TEST_ACCESS_KEY_SECRET,
} from '../../emulator/index.js';
import { makeEnvironment } from '../../scripts/environment.js';
import { findToolchainWith } from '../../scripts/toolchain.js';

const ROOT = resolve(__dirname, '../..');
const PAGE = readFileSync(join(ROOT, 'docs/guides/adopt-links.md'), 'utf8');
const BLOCKS = [...PAGE.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, kind = '', block = '']) => ({
  kind,
  block,
}));

let emulator: Emulator;
let folder: string;
let environment: NodeJS.ProcessEnv;

beforeAll(async () => {
  emulator = await startEmulator({ limits: false });
  emulator.createProject('media');
  emulator.createDataset('media', 'videos');
  emulator.createBinding('cn-shanghai/media/videos/oss://originals');
  emulator.attachBucket('media', 'thumbs');
  emulator.bindInputBucket('uploads');
  emulator.bindOutputBucket('renditions');
  mkdirSync(join(ROOT, '.test'), { recursive: true });
  folder = mkdtempSync(join(ROOT, '.test/adopting-'));
  const made = makeEnvironment({
    folder,
    toolchain: await findToolchainWith(['yaml'], () => {}),
    url: emulator.url,
  });
  const { ALIBABA_CLOUD_CREDENTIALS_FILE: _, ...own } = made;
  // What is not published yet: npx runs what was built, npm links it as it links what it installs.
  const tools = join(folder, 'tools');
  mkdirSync(tools);
  const script = (name: string, line: string) => {
    writeFileSync(join(tools, name), `#!/bin/sh\n${line}\n`);
    chmodSync(join(tools, name), 0o755);
  };
  script('npx', `shift\nexec node '${ROOT}/dist/cli/main.js' "$@"`);
  script('npm', `mkdir -p node_modules && ln -s '${ROOT}/bin' node_modules/.bin`);
  environment = { ...own, PATH: [tools, own.PATH].join(delimiter) };
  const profile = { name: 'shop', mode: 'AK', region_id: 'cn-shanghai' };
  const keys = { access_key_id: TEST_ACCESS_KEY_ID, access_key_secret: TEST_ACCESS_KEY_SECRET };
  mkdirSync(join(folder, 'home/.aliyun'), { recursive: true });
  writeFileSync(
    join(folder, 'home/.aliyun/config.json'),
    JSON.stringify({ current: 'shop', profiles: [{ ...profile, ...keys }] }),
  );
});
afterAll(async () => {
  await emulator.close();
  rmSync(folder, { recursive: true, force: true });
});

let place: string;

/** Runs one line; `cd` holds for those that follow. */
async function run(line: string, exit: number): Promise<string> {
  const [, to] = /^cd (.*)$/.exec(line) ?? [];
  if (to !== undefined) {
    place = join(place, to);
    return '';
  }
  const child = spawn('bash', ['-c', line], {
    cwd: place,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close');
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  expect((await ended)[0], `${line}\n${out}\n${err}`).toBe(exit);
  return out;
}

it('docs/guides/adopt-links.md: each command does what the page says, from hand-made links to a nightly audit', async () => {
  place = folder;
  const before = emulator.links();
  const changes = () => emulator.journal().filter(({ action }) => !/^(Get|List)/.test(action));
  for (const { kind, block } of BLOCKS) {
    if (kind === 'sh') {
      let exit = 0;
      for (const line of block.trim().split('\n')) {
        if (line.startsWith('#')) exit = Number(/^# ends with (\d)/.exec(line)?.[1] ?? 0);
        else {
          await run(line, exit);
          exit = 0;
        }
      }
    }
    if (kind === 'diff') {
      // Until here nothing was changed, and the stack has all of it.
      expect(changes()).toEqual([]);
      expect(emulator.links()).toEqual(before);
      const file = join(place, 'Pulumi.yaml');
      const removed = block.replace(/^-/gm, '');
      const program = readFileSync(file, 'utf8');
      expect(program).toContain(removed);
      writeFileSync(file, program.replace(removed, ''));
    }
    if (kind === 'yaml') {
      const { jobs } = parse(block) as { jobs: { audit: { steps: readonly { run?: string }[] } } };
      const [line = ''] = jobs.audit.steps.flatMap(({ run: one }) => one ?? []);
      expect(await run(line, 0)).toContain('0 found, 0 not seen');
    }
  }
  expect(changes().map(({ action, link }) => `${action} ${link}`)).toEqual([
    'UnbindOutputBucket cn-shanghai/renditions',
  ]);
  expect(BLOCKS.map(({ kind }) => kind)).toEqual(['sh', 'sh', 'sh', 'sh', 'diff', 'sh', 'yaml']);
});
