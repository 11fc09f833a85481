import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  createReadStream,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { list } from 'tar';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/index.js';
import { packPlugin } from '../../scripts/package.js';
import { findToolchainWith } from '../../scripts/toolchain.js';
import { Stack } from '../support/cli/stack.js';
import { IS_WIDE } from '../support/extent.js';

const ROOT = resolve(__dirname, '../..');
const NAME = 'pulumi-resource-alicloud-media';
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
/** As Pulumi names this machine. */
const HERE = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}`;
const PROGRAM = `name: archive
runtime: yaml
resources:
  renditions:
    type: alicloud-media:mps:OutputBucket
    properties: { bucket: renditions }
`;

let folder: string;
let archives: readonly string[];
let emulator: Emulator;
let stack: Stack;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'plugin-archives-'));
  archives = await packPlugin(join(folder, 'packages'));
  emulator = await startEmulator();
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await emulator.close();
});
beforeEach(async () => {
  // Outside the checkout, with a home of Pulumi's of its own and nothing in it.
  const project = mkdtempSync(join(folder, 'project-'));
  writeFileSync(join(project, 'Pulumi.yaml'), PROGRAM);
  // Pulumi's registry is not asked whether it knows the name.
  const environment = { PULUMI_DISABLE_REGISTRY_RESOLVE: 'true' };
  stack = await Stack.make({ emulator, program: '', folder: project, environment });
});
afterEach(() => stack.remove());

const archiveHere = () => archives.find((file) => file.endsWith(`-${HERE}.tar.gz`)) ?? '';
const digest = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');
const installed = () =>
  stack.succeed('plugin', 'install', 'resource', 'alicloud-media', version, '--file', archiveHere());

/** A file of the plugin that is installed. */
const cached = (name: string) =>
  join(stack.environment.PULUMI_HOME ?? '', `plugins/resource-alicloud-media-v${version}`, name);

async function comesUpAndGoes(): Promise<void> {
  await stack.up();
  expect(emulator.mediaBuckets().map(({ bucket }) => bucket)).toEqual(['renditions']);
  await stack.settled();
  await stack.destroy();
  expect(emulator.isEmpty()).toBe(true);
}

it('is one for each system and processor, named as Pulumi names plugins, and the same bytes each time', async () => {
  const targets = ['linux', 'darwin', 'windows'].flatMap((os) => [`${os}-amd64`, `${os}-arm64`]);
  expect(archives.map((file) => basename(file))).toEqual(
    targets.map((target) => `${NAME}-v${version}-${target}.tar.gz`),
  );
  const again = await packPlugin(join(folder, 'again'));
  expect(again.map(digest)).toEqual(archives.map(digest));
});

it('holds the launcher of its system, the plugin and the licences: files alone, with no owner and no time', async () => {
  for (const file of archives) {
    const launcher = file.includes('windows') ? `${NAME}.cmd` : NAME;
    const entries: Record<string, string> = {};
    await list({
      file,
      onReadEntry: ({ path, type, mode, uid, uname, mtime }) => {
        entries[path] = [type, mode?.toString(8), uid ?? '-', uname || '-', mtime?.getUTCFullYear()].join(
          ' ',
        );
      },
    });
    expect(entries).toEqual({
      LICENSE: 'File 644 - - 1985',
      'THIRD-PARTY.txt': 'File 644 - - 1985',
      [launcher]: `File ${launcher === NAME ? '755' : '644'} - - 1985`,
      [`${NAME}.cjs`]: 'File 644 - - 1985',
      'start.cjs': 'File 644 - - 1985',
    });
  }
});

it('is installed from the file, and a program that names no plugin comes up, previews empty and is destroyed', async () => {
  await installed();
  await stack.succeed('install');
  await comesUpAndGoes();
});

it.runIf(IS_WIDE)('is downloaded from a server that the program names, by `pulumi install`', async () => {
  await withServer(async (url) => {
    const options = `    options: { version: ${version}, pluginDownloadURL: '${url}' }\n`;
    stack.file('Pulumi.yaml', `${PROGRAM}${options}`);
    await stack.succeed('install');
    expect(existsSync(cached(`${NAME}.cjs`))).toBe(true);
  });
  await comesUpAndGoes();
});

it.runIf(IS_WIDE)('is downloaded from a server by `pulumi plugin install --server`', async () => {
  await withServer(async (url) => {
    await stack.succeed('plugin', 'install', 'resource', 'alicloud-media', version, '--server', url);
  });
  expect(existsSync(cached(`${NAME}.cjs`))).toBe(true);
});

it('says in one line of `pulumi up` that Node.js is missing, or too old', async () => {
  await installed();
  const toolchain = await findToolchainWith(['yaml'], () => {});
  const need = 'pulumi-resource-alicloud-media needs Node.js 20.19 or newer, and';
  const missing = await stack.fail(['up', '--yes'], { PATH: toolchain });
  expect(missing).toContain(`${need} there is no node on PATH: https://nodejs.org\n`);

  // Node itself, that says to be another: an old one cannot be had here.
  const old = mkdtempSync(join(folder, 'old-'));
  const says = "Object.defineProperty(process.versions, 'node', { value: '20.18.3' });";
  writeFileSync(join(old, 'old.cjs'), says);
  writeFileSync(
    join(old, 'node'),
    `#!/bin/sh\nexec '${process.execPath}' -r '${join(old, 'old.cjs')}' "$@"\n`,
    {
      mode: 0o755,
    },
  );
  const tooOld = await stack.fail(['up', '--yes'], { PATH: `${old}:${toolchain}` });
  expect(tooOld).toContain(`${need} node on PATH is 20.18.3: https://nodejs.org\n`);
  for (const text of [missing, tooOld]) expect(text).not.toMatch(/SyntaxError|\bat .*:\d+:\d+/);
});

it.runIf(IS_WIDE)('starts by a link to its launcher, from wherever it is called', async () => {
  await installed();
  const cached = join(
    stack.environment.PULUMI_HOME ?? '',
    `plugins/resource-alicloud-media-v${version}`,
    NAME,
  );
  const bin = mkdtempSync(join(folder, 'bin-'));
  symlinkSync(cached, join(bin, NAME));
  // The engine prefers it, and says so.
  const printed = await stack.run(['preview'], { PATH: `${bin}:${stack.environment.PATH}` });
  expect(printed.text).toContain(`using ${NAME} from $PATH at ${join(bin, NAME)}`);
  expect(printed.code, printed.text).toBe(0);
});

/** Serves the archives while it is asked, and no longer. */
async function withServer(ask: (url: string) => Promise<void>): Promise<void> {
  const server = createServer((request, response) => {
    const file = join(folder, 'packages', basename(request.url ?? ''));
    if (!existsSync(file)) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-length': statSync(file).size });
    createReadStream(file).pipe(response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const { port } = server.address() as AddressInfo;
    await ask(`http://127.0.0.1:${port}`);
  } finally {
    const closed = once(server, 'close');
    server.close();
    // The CLI may keep one for a next request.
    server.closeAllConnections();
    await closed;
  }
}
