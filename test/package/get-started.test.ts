import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { makeEnvironment } from '../../scripts/environment.js';
import { findToolchainWith } from '../../scripts/toolchain.js';
import { caches } from '../plugin/language-tools.js';
import { type Packed, pack } from './installed-project.js';

// What is fetched or compiled for the first time takes minutes of two busy processors.
vi.setConfig({ testTimeout: 600_000 });

const ROOT = resolve(__dirname, '../..');
/** The version of the checkout: any other would have to be fetched. */
const PULUMI: string = JSON.parse(
  readFileSync(join(ROOT, 'node_modules/@pulumi/pulumi/package.json'), 'utf8'),
).version;
const PAGE = readFileSync(join(ROOT, 'docs/get-started.md'), 'utf8');
const [SET_UP = '', ...HOSTS] = PAGE.split(/^## /m);
/** What only the emulator is to say. */
const FROM_EMULATOR = /^(ALIBABA_CLOUD_(ACCESS_KEY_(ID|SECRET)|REGION)|\w+_ENDPOINT)$/;
/** What the page has a person type. */
const FROM_PAGE = /^PULUMI_(BACKEND_URL|CONFIG_PASSPHRASE)$/;

let folder: string;
let packed: Packed;
let environment: NodeJS.ProcessEnv;
let url: string;
let endEmulator: (() => Promise<unknown>) | undefined;

const project = () => join(folder, 'project');
const linesOf = (text: string) =>
  [...text.matchAll(/^```sh\n(.*?)^```$/gms)].flatMap(([, block = '']) => block.trim().split('\n'));
const filesOf = (text: string) => [...text.matchAll(/^`(\S+)`:\n\n```\w+\n(.*?)^```$/gms)];

/** As it is typed, but that nobody is there to answer. */
const answered = (line: string) => line.replace(/^pulumi (up|destroy)$/, 'pulumi $1 --yes');

/** What the shell has exported so far. */
const exported: string[] = [];

async function type(line: string): Promise<string> {
  if (line.startsWith('export ')) {
    exported.push(line);
    return '';
  }
  const script = [...exported, answered(line)].join('\n');
  return new Promise((done, fail) => {
    execFile('bash', ['-ec', script], { cwd: project(), env: environment }, (error, stdout, stderr) => {
      if (error) fail(new Error(`$ ${line}\n${stdout}${stderr}`));
      else done(stdout + stderr);
    });
  });
}

/** Starts the emulator as it is typed, but on a free port, and takes down what it says to type. */
async function startEmulator(line: string): Promise<readonly string[]> {
  const npx = spawn('bash', ['-c', `exec ${line} --port 0`], {
    cwd: project(),
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(npx, 'exit');
  endEmulator = () => {
    npx.kill('SIGTERM');
    return ended;
  };
  let text = '';
  for await (const data of npx.stdout) {
    text += data;
    if (/_SECRET=\S+\n/.test(text)) break;
  }
  [url = ''] = /http:\/\/127\.0\.0\.1:\d+/.exec(text) ?? [];
  return [...text.matchAll(/^ +(export \w+=\S+)$/gm)].map(([, each = '']) => each);
}

async function links(): Promise<readonly string[]> {
  const { bindings } = (await (await fetch(`${url}/_emulator/bindings`)).json()) as {
    bindings: { link: string }[];
  };
  const { mediaBuckets } = (await (await fetch(`${url}/_emulator/media-buckets`)).json()) as {
    mediaBuckets: { bucket: string }[];
  };
  return [...bindings.map(({ link }) => link), ...mediaBuckets.map(({ bucket }) => bucket)];
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'get-started-'));
  mkdirSync(project());
  packed = await pack();
  const made = makeEnvironment({ folder, toolchain: await findToolchainWith(['yaml'], () => {}) });
  const own = Object.entries(made).filter(([name]) => !FROM_EMULATOR.test(name) && !FROM_PAGE.test(name));
  environment = { ...Object.fromEntries(own), ...caches(), packages: dirname(packed.file) };
  const [init = '', install = '', start = '', ...more] = linesOf(SET_UP);
  await type(init);
  await type(install.replace('@pulumi/pulumi', `@pulumi/pulumi@${PULUMI}`));
  const variables = await startEmulator(start);
  // Before anything asks.
  for (const service of ['IMM', 'MTS', 'STS'])
    expect(variables).toContain(`export ${service}_ENDPOINT=${url}`);
  for (const line of [...variables, ...more]) await type(line);
});
afterAll(async () => {
  await endEmulator?.();
  packed?.remove();
  rmSync(folder, { recursive: true, force: true });
});

it('docs/get-started.md leads in two minutes from an empty folder to a stack, once for each host', () => {
  expect(HOSTS.map((text) => text.split('\n')[0])).toEqual(['In Node.js', 'In YAML, with the plugin']);
});

// One after the other in the same folder, as a person who tries both.
it.each(HOSTS.map((text) => ({ name: text.split('\n')[0], text })))(
  'the commands of docs/get-started.md bring up, change and destroy a stack: $name',
  async ({ text }) => {
    const files = filesOf(text).map(([, name = '', content = '']) => ({ name, content }));
    for (const { name, content } of files) writeFileSync(join(project(), name), content);
    const lines = linesOf(text);
    const first = lines.slice(0, lines.indexOf('pulumi up') + 1);
    let printed = '';
    for (const line of first) printed = await type(line);
    expect(printed).toContain('+ 3 created');
    expect(await links()).toEqual(['cn-shanghai/media/videos/oss://media-originals', 'media-renditions']);

    await type('pulumi preview --expect-no-changes');

    const { name = '', content = '' } = files.at(-1) ?? {};
    const taken = name.endsWith('.yaml') ? 3 : 1;
    writeFileSync(join(project(), name), `${content.trim().split('\n').slice(0, -taken).join('\n')}\n`);
    // Told in words for the second host.
    const [up = '', destroy = ''] = linesOf(HOSTS[0] ?? '').slice(-2);
    const removal = await type(up);
    expect(removal).toContain('- 1 deleted');
    expect(removal).toContain('UnbindOutputBucket');
    expect(await links()).toEqual(['cn-shanghai/media/videos/oss://media-originals']);
    expect(await type(destroy)).toContain('DeleteBinding');
    expect(await links()).toEqual([]);
  },
);
