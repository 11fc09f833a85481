import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bench, bench, PAIR, withDataset } from './rpc.js';

let b: Bench;

beforeEach(async () => {
  b = await bench();
  withDataset(b.emulator);
});

afterEach(() => b.emulator.close());

describe('createExistingBinding', () => {
  it('ResourceAlreadyExists: an error (the default)', async () => {
    await b.imm.ok('CreateBinding', PAIR);
    expect(await b.imm.fails('CreateBinding', PAIR)).toMatchObject({
      code: 'ResourceAlreadyExists',
      status: 400,
    });
  });

  it('returns-existing: the binding that is there', async () => {
    b.emulator.set({ createExistingBinding: 'returns-existing' });
    const { Binding } = await b.imm.ok('CreateBinding', PAIR);
    expect((await b.imm.ok('CreateBinding', PAIR)).Binding).toEqual(Binding);
  });
});

describe('deleteMissingBinding', () => {
  it('ResourceNotFound: an error (the default), also for a binding that reads as Deleted', async () => {
    expect(await b.imm.fails('DeleteBinding', PAIR)).toMatchObject({ code: 'ResourceNotFound', status: 400 });
    await b.imm.ok('CreateBinding', PAIR);
    await b.imm.ok('DeleteBinding', PAIR);
    expect(await b.imm.fails('DeleteBinding', PAIR)).toMatchObject({ code: 'ResourceNotFound' });
  });

  it('success: nothing happens, but a missing dataset is still an error', async () => {
    b.emulator.set({ deleteMissingBinding: 'success' });
    await b.imm.ok('DeleteBinding', PAIR);
    expect(await b.imm.fails('DeleteBinding', { ...PAIR, DatasetName: 'other' })).toMatchObject({
      code: 'ResourceNotFound',
    });
  });
});

describe('getDeletedBinding', () => {
  async function createAndDelete(): Promise<void> {
    await b.imm.ok('CreateBinding', PAIR);
    await b.imm.ok('DeleteBinding', PAIR);
  }
  const listed = async () => (await b.imm.ok('ListBindings', { ProjectName: 'p' })).Bindings;

  it('Deleted: for ever (the default)', async () => {
    await createAndDelete();
    b.clock.advance(10 * 60_000);
    expect((await b.imm.ok('GetBinding', PAIR)).Binding).toMatchObject({ State: 'Deleted' });
    expect(await listed()).toMatchObject([{ State: 'Deleted' }]);
    expect(b.emulator.isEmpty()).toBe(true);
  });

  it('Deleted-then-ResourceNotFound: for deletedStateMs', async () => {
    b.emulator.set({ getDeletedBinding: 'Deleted-then-ResourceNotFound', deletedStateMs: 500 });
    await createAndDelete();
    b.clock.advance(499);
    expect((await b.imm.ok('GetBinding', PAIR)).Binding).toMatchObject({ State: 'Deleted' });
    b.clock.advance(1);
    expect(await b.imm.fails('GetBinding', PAIR)).toMatchObject({ code: 'ResourceNotFound' });
    expect(await listed()).toEqual([]);
  });

  it('ResourceNotFound: at once', async () => {
    b.emulator.set({ getDeletedBinding: 'ResourceNotFound' });
    await createAndDelete();
    expect(await b.imm.fails('GetBinding', PAIR)).toMatchObject({ code: 'ResourceNotFound' });
    expect(await listed()).toEqual([]);
  });

  it('shows the new binding once the pair is bound again', async () => {
    await createAndDelete();
    b.clock.advance(200);
    await b.imm.ok('CreateBinding', PAIR);
    expect((await b.imm.ok('GetBinding', PAIR)).Binding).toMatchObject({ State: 'Ready' });
    expect(await listed()).toHaveLength(1);
  });
});

describe('recreateWaitMs', () => {
  it('answers StatusConflict until the time is over (200 by default)', async () => {
    await b.imm.ok('CreateBinding', PAIR);
    await b.imm.ok('DeleteBinding', PAIR);
    b.clock.advance(199);
    expect(await b.imm.fails('CreateBinding', PAIR)).toMatchObject({ code: 'StatusConflict', status: 400 });
    b.clock.advance(1);
    await b.imm.ok('CreateBinding', PAIR);
  });
});

describe('notFoundWord', () => {
  it.each([
    ['none', 'The specified resource is not found.', 'The specified resource is not found.'],
    [
      'Dataset',
      'The specified resource Dataset is not found.',
      'The specified resource Project is not found.',
    ],
    [
      'Binding',
      'The specified resource Binding is not found.',
      'The specified resource Project is not found.',
    ],
  ] as const)('%s: names the binding and the project so', async (notFoundWord, binding, project) => {
    b.emulator.set({ notFoundWord });
    expect((await b.imm.fails('GetBinding', PAIR)).message).toBe(binding);
    expect((await b.imm.fails('GetBinding', { ...PAIR, ProjectName: 'q' })).message).toBe(project);
  });
});

describe('bucketInSeveralDatasets', () => {
  const other = { ...PAIR, DatasetName: 'e' };

  beforeEach(async () => {
    b.emulator.createDataset('p', 'e');
    await b.imm.ok('CreateBinding', PAIR);
  });

  it.each(['ResourceAlreadyExists', 'InvalidArgument'] as const)('%s: refused', async (value) => {
    b.emulator.set({ bucketInSeveralDatasets: value });
    expect(await b.imm.fails('CreateBinding', other)).toMatchObject({ code: value, status: 400 });
  });

  it('allowed: two bindings', async () => {
    b.emulator.set({ bucketInSeveralDatasets: 'allowed' });
    await b.imm.ok('CreateBinding', other);
    expect(b.emulator.bindings()).toHaveLength(2);
  });
});

describe('createBindingMissingBucket', () => {
  beforeEach(() => b.emulator.setMissingBuckets(['my-bucket']));

  it('Failed: accepted, then Failed (the default)', async () => {
    await b.imm.ok('CreateBinding', PAIR);
    b.clock.advance(300);
    expect((await b.imm.ok('GetBinding', PAIR)).Binding).toMatchObject({
      State: 'Failed',
      Reason: 'start oss tunnel failed',
    });
  });

  it.each(['InvalidArgument', 'ResourceNotFound'] as const)('%s: an error', async (value) => {
    b.emulator.set({ createBindingMissingBucket: value });
    expect(await b.imm.fails('CreateBinding', PAIR)).toMatchObject({ code: value, status: 400 });
  });
});

describe('createReplyTimeOffMs', () => {
  const timeOf = ({ Binding }: Record<string, unknown>) =>
    Date.parse(String((Binding as Record<string, unknown>).CreateTime));

  it.each([1_000, 0])('%i: the reply of a create is so much earlier than what reads show', async (off) => {
    b.emulator.set({ createReplyTimeOffMs: off });
    const made = timeOf(await b.imm.ok('CreateBinding', PAIR));
    expect(made).toBe(b.clock.now() - off);
    expect(timeOf(await b.imm.ok('GetBinding', PAIR)) - made).toBe(off);
  });
});

describe('bindingVisibleAfterMs', () => {
  it('shows a create and a delete only so much later', async () => {
    b.emulator.set({ bindingVisibleAfterMs: 300, getDeletedBinding: 'ResourceNotFound' });
    await b.imm.ok('CreateBinding', PAIR);
    b.clock.advance(299);
    expect(await b.imm.fails('GetBinding', PAIR)).toMatchObject({ code: 'ResourceNotFound' });
    b.clock.advance(1);
    expect((await b.imm.ok('GetBinding', PAIR)).Binding).toMatchObject({ State: 'Ready' });
    await b.imm.ok('DeleteBinding', PAIR);
    b.clock.advance(299);
    expect((await b.imm.ok('ListBindings', { ProjectName: 'p' })).Bindings).toHaveLength(1);
    b.clock.advance(1);
    expect((await b.imm.ok('ListBindings', { ProjectName: 'p' })).Bindings).toHaveLength(0);
  });

  it('does not hold writes back', async () => {
    b.emulator.set({ bindingVisibleAfterMs: 300 });
    await b.imm.ok('CreateBinding', PAIR);
    expect(await b.imm.fails('CreateBinding', PAIR)).toMatchObject({ code: 'ResourceAlreadyExists' });
  });
});

describe('deleteDatasetWithBindings', () => {
  it.each(['StatusConflict', 'DatasetNotEmpty'] as const)('%s', async (value) => {
    b.emulator.set({ deleteDatasetWithBindings: value, datasetNotEmptyStatus: 400 });
    await b.imm.ok('CreateBinding', PAIR);
    const dataset = { ProjectName: 'p', DatasetName: 'd' };
    expect(await b.imm.fails('DeleteDataset', dataset)).toMatchObject({ code: value, status: 400 });
    await b.imm.ok('DeleteBinding', PAIR);
    await b.imm.ok('DeleteDataset', dataset);
  });
});

describe('bindings that do not become Running', () => {
  it('fail or stay Ready by the name of their bucket', async () => {
    b.emulator.setBucketRules([
      { bucketContains: 'broken', outcome: 'Failed', reason: 'no access' },
      { bucketContains: 'stuck', outcome: 'Ready', reason: '' },
    ]);
    const broken = { ...PAIR, URI: 'oss://a-broken-one' };
    const stuck = { ...PAIR, URI: 'oss://a-stuck-one' };
    expect((await b.imm.ok('CreateBinding', broken)).Binding).toMatchObject({ State: 'Ready' });
    await b.imm.ok('CreateBinding', stuck);
    b.clock.advance(300_000);
    expect((await b.imm.ok('GetBinding', broken)).Binding).toMatchObject({
      State: 'Failed',
      Reason: 'no access',
    });
    expect((await b.imm.ok('GetBinding', stuck)).Binding).toMatchObject({ State: 'Ready' });
  });

  it('can be failed, stopped and resumed behind the back of the API', async () => {
    await b.imm.ok('CreateBinding', PAIR);
    const [binding] = b.emulator.bindings();
    const link = String(binding?.link);
    b.clock.advance(1000);
    b.emulator.stopBinding(link);
    const { Binding } = (await b.imm.ok('GetBinding', PAIR)) as { Binding: Record<string, string> };
    expect(Binding).toMatchObject({ State: 'Stopped', Reason: 'pause usage' });
    expect(Binding.UpdateTime).not.toBe(Binding.CreateTime);
    b.emulator.failBinding(link, 'broken');
    expect((await b.imm.ok('GetBinding', PAIR)).Binding).toMatchObject({ State: 'Failed', Reason: 'broken' });
    b.emulator.resumeBinding(link);
    expect((await b.imm.ok('GetBinding', PAIR)).Binding).toMatchObject({ State: 'Running' });
  });
});
