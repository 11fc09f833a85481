import { execFile } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/index.js';
import { findToolchainWith } from '../../scripts/toolchain.js';
import { IS_WIDE } from '../support/extent.js';
import { EmptyFolder, packages, sequenceOf, typed } from './from-nothing.js';
import { missingIn } from './language-tools.js';

const ROOT = resolve(__dirname, '../..');
/** The version of the checkout: any other would have to be fetched. */
const PULUMI: string = JSON.parse(
  readFileSync(join(ROOT, 'node_modules/@pulumi/pulumi/package.json'), 'utf8'),
).version;
const MADE = {
  bindings: ['cn-shanghai/media/videos/oss://media-originals'],
  buckets: ['media-renditions'],
};

let toolchain: string;
let packed: string;
let emulator: Emulator;
beforeAll(async () => {
  toolchain = await findToolchainWith(['yaml'], () => {});
  packed = await packages();
  emulator = await startEmulator();
});
afterAll(async () => {
  rmSync(packed, { recursive: true, force: true });
  await emulator.close();
});

interface Language {
  readonly name: string;
  /** What runs its programs for Pulumi. */
  readonly host: string;
  readonly tool?: string;
  /** Where a program says which SDKs it takes. */
  readonly manifest?: string;
  readonly wide?: boolean;
  readonly install?: string;
}

const LANGUAGES: readonly Language[] = [
  { name: 'YAML', host: 'pulumi-language-yaml' },
  { name: 'TypeScript', host: 'pulumi-language-nodejs', wide: true },
  {
    name: 'Python',
    host: 'pulumi-language-python',
    tool: 'python3',
    manifest: 'requirements.txt',
  },
  {
    name: 'Go',
    host: 'pulumi-language-go',
    tool: 'go',
    manifest: 'go.mod',
    wide: true,
    // The host of 3.66 takes a library of today's SDK for a plugin, and looks for its download.
    install: 'pulumi install --no-plugins',
  },
  { name: 'Java', host: 'pulumi-language-java', tool: 'mvn', manifest: 'pom.xml', wide: true },
];

/** Runs a line as a shell does; an error holds all that it printed. */
function run(line: string, at: EmptyFolder): Promise<string> {
  return new Promise((done, fail) => {
    const options = { cwd: at.folder, env: at.environment, timeout: 300_000 };
    execFile('sh', ['-c', line], options, (error, stdout, stderr) => {
      const text = `${stdout}${stderr}`;
      if (error) fail(new Error(`$ ${line}\n${text}`));
      else done(text);
    });
  });
}

/** Why the language is not tried, where it is not. */
function missingFor({ host, tool, wide }: Language): string | undefined {
  return wide && !IS_WIDE ? 'npm run test:wide has it' : missingIn(toolchain, host, tool);
}

it.for(LANGUAGES)(
  'the commands of docs/guides/plugin.md lead from an empty folder to a stack: $name',
  // Go compiles all of its SDK, which is its own tool's time.
  { timeout: 570_000 },
  async (language, { skip }) => {
    const missing = missingFor(language);
    if (missing !== undefined) skip(missing);
    const { files, commands } = sequenceOf(language.name);
    expect(commands.at(-1)).toBe('pulumi up');
    const empty = new EmptyFolder(toolchain, emulator.url, packed);
    try {
      empty.write(files);
      for (const line of commands) {
        await run(typed(line, PULUMI), empty);
        if (line.startsWith('pulumi package add ') && !empty.read(language.manifest ?? '').includes('sdks/'))
          skip(`${language.host} of the toolchain does not link an SDK into ${language.manifest}`);
      }
      expect({
        bindings: emulator.bindings().map(({ link }) => link),
        buckets: emulator.mediaBuckets().map(({ bucket }) => bucket),
      }).toEqual(MADE);
      await run(language.install ?? 'pulumi install', empty);
      await run('pulumi preview --expect-no-changes', empty);
      await run('pulumi destroy --yes', empty);
      expect(emulator.isEmpty()).toBe(true);
    } finally {
      empty.remove();
    }
  },
);

it('the commands of docs/guides/plugin.md for a clone are those that make what is installed', () => {
  const page = readFileSync(join(ROOT, 'docs/guides/plugin.md'), 'utf8');
  expect(page).toMatch(/^npm run -s package +# dist\/packages: /m);
  expect(page).toMatch(/^npm pack \.\/sdk\/nodejs --pack-destination dist\/packages +# /m);
});
