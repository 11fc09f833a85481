import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/index.js';
import { LIFECYCLES } from '../../provider/hosts/lifecycles.js';
import { pluginType } from '../../provider/lifecycle/description.js';
import { mutatingCalls } from '../lifecycle/calls.js';
import { removeExample } from '../support/cli/example.js';
import type { Stack } from '../support/cli/stack.js';
import { IS_WIDE } from '../support/extent.js';
import { fetchDependencies, LANGUAGES, type Language, missingFor, stackIn } from './languages.js';
import { exampleOf } from './sdk.js';

const GO_EXAMPLE = resolve(__dirname, '../../examples/plugin-go');
const BINDING = 'cn-shanghai/media/videos/oss://media-originals';
const RENDITIONS = 'cn-shanghai/media-renditions';
const THUMBNAILS = 'cn-shanghai/media-thumbnails';
const MADE = [`BindOutputBucket ${RENDITIONS}`, `BindOutputBucket ${THUMBNAILS}`, `CreateBinding ${BINDING}`];

/** Every resource; what hangs on another has more parts in its id. */
const TYPES = LIFECYCLES.map(({ description }) => ({
  type: pluginType(description),
  parts: description.idFormat.split('{').length - 1,
})).sort((one, other) => one.parts - other.parts);

/** The first compilation in Go, of Pulumi's library and the SDK, takes minutes of two busy processors. */
const LONG = { timeout: 600_000 };

/** In `npm test` the one that nothing else runs; the examples in YAML and TypeScript have tests of their own. */
const isTried = ({ name }: Language) => IS_WIDE || name === 'Python';
const tried = LANGUAGES.filter(isTried);

let emulator: Emulator;
let stack: Stack | undefined;
beforeEach(async () => {
  emulator = await startEmulator();
});
afterEach(async () => {
  if (stack) removeExample(stack);
  stack = undefined;
  await emulator.close();
});

/** The changes since the last look, in no order. */
function calls(): string[] {
  const sent = mutatingCalls(emulator).sort();
  emulator.clearJournal();
  return sent;
}

/** A test for each of the languages that can be run here. */
function inEach(languages: readonly Language[], title: string, work: (language: Language) => Promise<void>) {
  it.for(languages)(title, LONG, async (language, { skip }) => {
    const missing = await missingFor(language);
    if (missing !== undefined) skip(missing);
    await work(language);
  });
}

/** What the example's links hang on. */
function makeParents(): void {
  emulator.createProject('media');
  emulator.createDataset('media', 'videos');
}

const textOf = (name: string) => readFileSync(join(stack?.folder ?? '', name), 'utf8');

inEach(
  tried,
  'the example in $name is made, seen, replaced with a warning, taken out of and destroyed; each next preview is empty',
  async (language) => {
    makeParents();
    stack = await stackIn(language, emulator);
    const { file } = language;

    await stack.succeed('preview');
    expect(calls()).toEqual([]);
    await stack.up();
    expect(calls()).toEqual(MADE);
    const outputs = { bindingStatus: 'Active', outputBuckets: ['media-renditions', 'media-thumbnails'] };
    const phase = language.name === 'YAML' ? {} : { phase: expect.any(String) };
    expect(await stack.outputs()).toEqual({ ...outputs, ...phase });
    await stack.settled();

    stack.file(file, textOf(file).replace('media-thumbnails', 'media-posters'));
    const preview = await stack.succeed('preview', '--diff');
    expect(preview).toContain(`${THUMBNAILS} is to be replaced: `);
    expect(preview).toMatch(/~ bucket: "media-thumbnails" => "media-posters"/);
    await stack.up();
    expect(calls()).toEqual([
      'BindOutputBucket cn-shanghai/media-posters',
      `UnbindOutputBucket ${THUMBNAILS}`,
    ]);
    await stack.settled('together');

    stack.file(file, language.withoutThumbnails(textOf(file)));
    expect(await stack.up()).toMatch(/UnbindOutputBucket \(account \d+, RequestId [-0-9A-F]{36}\)/);
    expect(calls()).toEqual(['UnbindOutputBucket cn-shanghai/media-posters']);
    await stack.settled('together');

    await stack.destroy();
    expect(calls()).toEqual([`DeleteBinding ${BINDING}`, `UnbindOutputBucket ${RENDITIONS}`]);
    expect(emulator.isEmpty()).toBe(true);
  },
);

inEach(
  tried,
  'an import into a stack in $name writes a program that previews empty and owns what was imported',
  async (language) => {
    makeParents();
    emulator.createBinding(BINDING);
    emulator.bindOutputBucket('media-renditions');
    stack = await stackIn(language, emulator);
    const resources = [
      { type: 'alicloud-media:imm:DatasetBinding', name: 'videos', id: BINDING },
      { type: 'alicloud-media:mps:OutputBucket', name: 'renditions', id: RENDITIONS },
    ];
    stack.file('links.json', JSON.stringify({ resources }));
    const flags = ['--yes', '--skip-preview', '--protect=false', '--out', 'imported'];
    await stack.succeed('import', '--file', 'links.json', ...flags);
    const { imported = (program) => program } = language;
    stack.file(language.file, imported(textOf('imported')));
    await stack.settled('together');
    expect(calls()).toEqual([]);
    await stack.destroy();
    expect(calls()).toEqual([`DeleteBinding ${BINDING}`, `UnbindOutputBucket ${RENDITIONS}`]);
  },
);

inEach(
  tried,
  'every resource is made in $name by its example in the schema, previews empty, and is destroyed',
  async (language) => {
    stack = await stackIn(language, emulator);
    // They name each other by their names alone, so what hangs on another is there one up later.
    for (const some of [2, 3, 4].map((parts) => TYPES.filter((each) => each.parts <= parts))) {
      const examples = some.map(({ type }) => exampleOf(type, language.called));
      for (const [name, text] of Object.entries(language.together(examples))) stack.file(name, text);
      await stack.up();
    }
    expect(calls()).toHaveLength(TYPES.length);
    await stack.settled('together');
    await stack.destroy();
    expect(emulator.isEmpty()).toBe(true);
  },
);

const others = LANGUAGES.filter(({ name }) => name !== 'YAML' && name !== 'Java').filter(isTried);

inEach(
  others,
  '`pulumi convert` makes of the example in YAML a program in $name that previews empty on its stack',
  async (language) => {
    makeParents();
    const yaml = LANGUAGES.find(({ name }) => name === 'YAML') as Language;
    stack = await stackIn(yaml, emulator);
    // Pulumi's generator for Go takes an output that has one of several values for a plain text, which does not run.
    if (language.name === 'Go')
      stack.file(yaml.file, textOf(yaml.file).replace(/^ {2}bindingStatus: .*\n/m, ''));
    await stack.up();
    calls();
    await stack.succeed(
      'convert',
      '--from',
      'yaml',
      '--language',
      language.called,
      '--out',
      'converted',
      '--generate-only',
    );
    rmSync(join(stack.folder, 'Pulumi.yaml'));
    for (const name of readdirSync(join(stack.folder, 'converted')))
      stack.file(name, textOf(join('converted', name)));
    if (language.name === 'Go') {
      // The newest library of Pulumi, which a conversion asks for, is more than the host of the tests understands.
      for (const name of ['go.mod', 'go.sum']) stack.file(name, readFileSync(join(GO_EXAMPLE, name), 'utf8'));
      await stack.succeed('package', 'add', 'alicloud-media');
    }
    await fetchDependencies(language, stack);
    await stack.settled('together');
    await stack.destroy();
    expect(emulator.isEmpty()).toBe(true);
  },
);
