import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/index.js';
import { Stack } from '../support/cli/stack.js';
import { IS_WIDE } from '../support/extent.js';
import { mutatingCalls } from './calls.js';

/** More than a double holds. */
const HUGE = '9223372036854775807';

interface Said {
  readonly project?: string;
  readonly dataset?: string;
  readonly bindings?: readonly string[];
}

/** A whole tree, each resource under the one that holds it. */
const tree = ({ project = '', dataset = '', bindings = ['originals', 'uploads'] }: Said = {}) => `
  const library = new imm.Project('library', {
    projectName: 'library', tags: { team: 'media' }, datasetMaxTotalFileSize: '${HUGE}', ${project}
  });
  const videos = new imm.Dataset('videos', { project: library, datasetName: 'videos', ${dataset} });
  ${bindings.map((bucket) => `new imm.DatasetBinding('${bucket}', { dataset: videos, uri: 'oss://${bucket}' });`).join('\n')}
  new imm.BucketAttachment('thumbnails', { project: library, bucket: 'thumbnails' });
  new mps.InputBucket('in', { bucket: 'originals', referer: 'https://media.example.com' });
  new mps.OutputBucket('out', { bucket: 'originals' });`;

let emulator: Emulator;
let stack: Stack;

beforeAll(async () => {
  emulator = await startEmulator({ runningAfter: 1 });
  stack = await Stack.make({ emulator, program: tree(), resident: true });
});
afterAll(async () => {
  stack?.remove();
  await emulator.close();
});
beforeEach(() => {
  emulator.clearJournal();
});

const indexOf = (calls: readonly string[], begin: string) =>
  calls.map((call) => call.startsWith(begin)).lastIndexOf(true);

it('a tree is made from the project down, and nothing differs then', async () => {
  await stack.up();
  const calls = mutatingCalls(emulator);
  expect([...calls].sort()).toEqual([
    'AttachOSSBucket cn-shanghai/library/oss://thumbnails',
    'BindInputBucket cn-shanghai/input:originals',
    'BindOutputBucket cn-shanghai/originals',
    'CreateBinding cn-shanghai/library/videos/oss://originals',
    'CreateBinding cn-shanghai/library/videos/oss://uploads',
    'CreateDataset cn-shanghai/library/videos',
    'CreateProject cn-shanghai/library',
  ]);
  expect(indexOf(calls, 'CreateProject')).toBeLessThan(indexOf(calls, 'CreateDataset'));
  await stack.settled('together');
});

it('a size above 2^53 is the same in the state, after a refresh, and on the wire', async () => {
  const size = async () => (await stack.links()).find(({ id }) => id === 'cn-shanghai/library')?.outputs;
  expect((await size())?.datasetMaxTotalFileSize).toBe(HUGE);
  await stack.succeed('refresh', '--yes', '--skip-preview');
  expect((await size())?.datasetMaxTotalFileSize).toBe(HUGE);
  await stack.settled('together');
});

it.runIf(IS_WIDE)(
  'what the service fills in is no drift; what the program says and somebody changed is, and goes back',
  async () => {
    emulator.changeProject('library', { TemplateId: 'Official:Another', Description: 'theirs' });
    await stack.settled('together');
    emulator.changeProject('library', { Tags: [{ TagKey: 'team', TagValue: 'theirs' }] });
    expect(await stack.succeed('refresh', '--yes', '--skip-preview')).toMatch(/Project library updated/);
    await stack.up();
    expect(mutatingCalls(emulator)).toEqual(['UpdateProject cn-shanghai/library']);
    await stack.settled('together');
  },
);

it.runIf(IS_WIDE)(
  'what a program says anew is updated in place, once, and what it takes back is given back',
  async () => {
    emulator.set({ updateVisibleAfterMs: 60_000, emptyDescription: 'clears' });
    stack.write(tree({ project: `description: 'Of the shop',`, dataset: 'datasetMaxBindCount: 5,' }));
    expect(await stack.succeed('preview')).toMatch(/2 to update/);
    await stack.up();
    expect(mutatingCalls(emulator).sort()).toEqual([
      'UpdateDataset cn-shanghai/library/videos',
      'UpdateProject cn-shanghai/library',
    ]);
    // Reads do not show it yet: what was written is kept, and that is said.
    expect(await stack.succeed('refresh', '--yes', '--skip-preview')).toMatch(
      /imm\.Project cn-shanghai\/library: description(, tags)? updated a moment ago, and the service may show what was before/,
    );
    await stack.settled('together');
    emulator.set({ updateVisibleAfterMs: 0 });
    stack.write(tree());
    await stack.up();
    expect(mutatingCalls(emulator).sort()).toEqual([
      'UpdateDataset cn-shanghai/library/videos',
      'UpdateProject cn-shanghai/library',
    ]);
    await stack.settled('together');
  },
);

it('a name that contradicts the resource beside it is refused before any request', async () => {
  stack.write(`
    const library = new imm.Project('library', { projectName: 'library' });
    new imm.Dataset('videos', { project: library, projectName: 'another', datasetName: 'videos' });`);
  expect(await stack.fail(['preview'])).toContain(
    '"another" contradicts project, whose projectName is "library": leave one of the two out.',
  );
  expect(mutatingCalls(emulator)).toEqual([]);
});

it('a binding that left the program goes alone, and a destroy goes from the leaves up, however long the service counts them', async () => {
  stack.write(tree({ bindings: ['originals'] }));
  await stack.up();
  expect(mutatingCalls(emulator)).toContain('DeleteBinding cn-shanghai/library/videos/oss://uploads');
  emulator.set({ deletedChildLingersMs: 1_500 });
  const text = await stack.destroy();
  expect(text).toMatch(
    /imm\.Project cn-shanghai\/library: DeleteProject \(account \d+, RequestId [-0-9A-F]{36}\)/,
  );
  const done = mutatingCalls(emulator).filter((call) => !/ (StatusConflict|DatasetNotEmpty)$/.test(call));
  const order = ['DeleteBinding', 'DeleteDataset', 'DeleteProject'].map((action) => indexOf(done, action));
  expect(order).toEqual([...order].sort((a, b) => a - b));
  expect(done.filter((call) => /^(Delete|Detach|Unbind)/.test(call)).sort()).toEqual([
    'DeleteBinding cn-shanghai/library/videos/oss://originals',
    'DeleteDataset cn-shanghai/library/videos',
    'DeleteProject cn-shanghai/library',
    'DetachOSSBucket cn-shanghai/library/oss://thumbnails',
    'UnbindInputBucket cn-shanghai/input:originals',
    'UnbindOutputBucket cn-shanghai/originals',
  ]);
  expect(emulator.links()).toEqual([]);
});
