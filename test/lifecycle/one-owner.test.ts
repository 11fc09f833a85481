import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/index.js';
import { Stack } from '../support/cli/stack.js';
import { addTwin } from '../support/cli/twin.js';
import { IS_WIDE } from '../support/extent.js';
import { mutatingCalls } from './calls.js';

const BINDING = 'cn-shanghai/media/videos/oss://originals';
const BUCKET = 'cn-shanghai/renditions';
const PLAIN = 'cn-shanghai/plain';
const UP = ['up', '--yes', '--skip-preview'];

let emulator: Emulator;
let stack: Stack;

beforeAll(async () => {
  emulator = await startEmulator();
  emulator.createProject('media');
  emulator.createDataset('media', 'videos');
  emulator.createBinding(BINDING);
  emulator.bindOutputBucket('renditions');
  stack = await Stack.make({ emulator, program: program({}), resident: true });
});
afterAll(async () => {
  stack?.remove();
  await emulator.close();
});

/** A binding and a bucket that are taken over, and buckets that are made, under these names. */
function program({ binding = 'videos', parent = '', plain = ['plain'] }): string {
  return `
const of = new pulumi.ComponentResource('test:index:Of', 'of');
new imm.DatasetBinding('${binding}', { projectName: 'media', datasetName: 'videos', uri: 'oss://originals', adopt: true });
new mps.OutputBucket('out', { bucket: 'renditions', adopt: true }, { ${parent} });
${plain.map((name) => `new mps.OutputBucket('${name}', { bucket: 'plain' });`).join('\n')}`;
}

const links = () => [...emulator.bindings(), ...emulator.mediaBuckets()].map(({ link }) => link).sort();
const inState = async () => (await stack.links()).map(({ id }) => id).sort();
const ALL = [BINDING, PLAIN, BUCKET].sort();

it.runIf(IS_WIDE)(
  'two resources of one program that name one link are refused in the preview, with both names',
  async () => {
    stack.write(program({ plain: ['plain', 'another'] }));
    expect(await stack.fail(['preview'])).toMatch(
      /(plain|another) names cn-shanghai\/plain, too, and it can belong to one resource only: remove one of the two\./,
    );
    expect(mutatingCalls(emulator)).toEqual([]);
  },
);

it('a link that was made, and whose resource has another name now, is refused: the error tells of a rename first', async () => {
  stack.write(program({}));
  await stack.up();
  mutatingCalls(emulator);
  stack.write(program({ plain: ['another'] }));
  const text = await stack.fail(UP);
  expect(text).toContain(`cannot create mps.OutputBucket ${PLAIN}: it exists already`);
  const [aliases, rename, adopt] = ['aliases', 'pulumi state rename', 'set adopt: true'].map((of) =>
    text.indexOf(of),
  );
  expect(aliases).toBeGreaterThan(0);
  expect(rename).toBeGreaterThan(aliases ?? 0);
  expect(adopt).toBeGreaterThan(rename ?? 0);
  expect(mutatingCalls(emulator)).toEqual([]);
  expect(links()).toEqual(ALL);
});

it('with adopt, a renamed resource and one that was given a parent have their links as before; each deletion says who has it, and sends nothing', async () => {
  addTwin(stack, PLAIN, 'twin');
  expect(await inState()).toEqual([...ALL, PLAIN].sort());
  stack.write(program({ binding: 'footage', parent: 'parent: of' }));
  // A refresh reports each as the old one's, first.
  const text = await stack.up('--refresh');
  const left = (title: string, id: string, owner: string) =>
    `${title} ${id}: it is left as it is, since ${owner} has it in this stack. Only this entry goes; nothing was sent.`;
  expect(text).toContain(left('imm.DatasetBinding', BINDING, 'footage'));
  expect(text).toContain(left('mps.OutputBucket', BUCKET, 'out'));
  // Two entries of a state that name one link, of which one is in the program no more.
  expect(text).toContain(left('mps.OutputBucket', PLAIN, 'plain'));
  expect(mutatingCalls(emulator)).toEqual([]);
  expect(links()).toEqual(ALL);
  expect(await inState()).toEqual(ALL);
  await stack.succeed('preview', '--expect-no-changes');

  await stack.destroy();
  expect(mutatingCalls(emulator).sort()).toEqual([
    `DeleteBinding ${BINDING}`,
    `UnbindOutputBucket ${PLAIN}`,
    `UnbindOutputBucket ${BUCKET}`,
  ]);
  expect(emulator.isEmpty()).toBe(true);
});
