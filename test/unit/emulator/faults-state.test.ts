import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bench, bench, LINK, PAIR, withDataset } from './rpc.js';

let b: Bench;

beforeEach(async () => {
  b = await bench();
  withDataset(b.emulator);
});

afterEach(() => b.emulator.close());

/** What GetBinding and ListBindings show of the binding: its State, or the code. They must agree. */
async function shown(): Promise<string> {
  const got = await b.imm.ok('GetBinding', PAIR).then(
    ({ Binding }) => stateOf(Binding),
    (error: { code: string }) => error.code,
  );
  const { Bindings } = await b.imm.ok('ListBindings', { ProjectName: 'p' });
  const listed = Array.isArray(Bindings) && Bindings.length > 0 ? stateOf(Bindings[0]) : 'ResourceNotFound';
  expect(listed).toBe(got);
  return got;
}

function stateOf(binding: unknown): string {
  return String((binding as { State: string }).State);
}

async function rows(): Promise<string[]> {
  const { MediaBucketList } = await b.mts.ok('ListAllMediaBucket');
  const { MediaBucket } = MediaBucketList as { MediaBucket: { Bucket: string; Type: string }[] };
  return MediaBucket.map(({ Bucket, Type }) => `${Bucket} ${Type}`);
}

describe('stale-reads', () => {
  it('hide a new binding for a time, and show a deleted one for a time', async () => {
    b.emulator.addFault({ kind: 'stale-reads', link: LINK, times: 'always', delayMs: 1000 });
    await b.imm.ok('CreateBinding', PAIR);
    expect(await shown()).toBe('ResourceNotFound');
    expect(await b.imm.fails('CreateBinding', PAIR)).toMatchObject({ code: 'ResourceAlreadyExists' });
    b.clock.advance(1000);
    expect(await shown()).toBe('Running');
    await b.imm.ok('DeleteBinding', PAIR);
    expect(b.emulator.isEmpty()).toBe(true);
    expect(await shown()).toBe('Running');
    b.clock.advance(1000);
    expect(await shown()).toBe('Deleted');
  });

  it('show several writes one after the other, each so long after it happened', async () => {
    b.emulator.set({ getDeletedBinding: 'ResourceNotFound', recreateWaitMs: 0 });
    b.emulator.createBinding(LINK);
    b.emulator.addFault({ kind: 'stale-reads', times: 'always', delayMs: 1000 });
    await b.imm.ok('DeleteBinding', PAIR);
    b.clock.advance(600);
    await b.imm.ok('CreateBinding', PAIR);
    expect(await shown()).toBe('Running');
    b.clock.advance(400);
    expect(await shown()).toBe('ResourceNotFound');
    b.clock.advance(600);
    expect(await shown()).toBe('Running');
  });

  it('are about one link: a bucket in a listing, at its place and of its type', async () => {
    for (const bucket of ['a', 'b', 'c']) b.emulator.bindOutputBucket(bucket);
    b.emulator.bindInputBucket('b');
    b.emulator.addFault({ kind: 'stale-reads', linkContains: '/b', delayMs: 1000 });
    await b.mts.ok('UnbindOutputBucket', { Bucket: 'a' });
    await b.mts.ok('UnbindOutputBucket', { Bucket: 'b' });
    expect(await rows()).toEqual(['b Output', 'c Output', 'b Input']);
    b.clock.advance(1000);
    expect(await rows()).toEqual(['c Output', 'b Input']);
    b.emulator.addFault({ kind: 'stale-reads', delayMs: 1000 });
    await b.mts.ok('BindOutputBucket', { Bucket: 'd' });
    expect(await rows()).toEqual(['c Output', 'b Input']);
    b.clock.advance(1000);
    expect(await rows()).toEqual(['c Output', 'b Input', 'd Output']);
  });

  it('begin with a write that happened: a refused one changes nothing', async () => {
    b.emulator.addFault({ kind: 'stale-reads', delayMs: 1000 });
    await b.imm.fails('DeleteBinding', PAIR);
    b.emulator.createBinding(LINK);
    expect(await shown()).toBe('Ready');
  });
});

describe('bindings that do not settle', () => {
  it('stuck-ready: Ready for ever, until it is released', async () => {
    b.emulator.addFault({ kind: 'stuck-ready' });
    await b.imm.ok('CreateBinding', PAIR);
    b.clock.advance(600_000);
    expect(await shown()).toBe('Ready');
    b.emulator.releaseBindings();
    expect(await shown()).toBe('Running');
  });

  it('stuck-ready: for a time', async () => {
    b.emulator.addFault({ kind: 'stuck-ready', delayMs: 5000 });
    await b.imm.ok('CreateBinding', PAIR);
    b.clock.advance(4999);
    expect(await shown()).toBe('Ready');
    b.clock.advance(1);
    expect(await shown()).toBe('Running');
  });

  it('binding-failed: Failed with a Reason, after a time', async () => {
    b.emulator.addFault({ kind: 'binding-failed' });
    await b.imm.ok('CreateBinding', PAIR);
    expect(await shown()).toBe('Ready');
    b.clock.advance(300);
    expect(await b.imm.ok('GetBinding', PAIR)).toMatchObject({
      Binding: { State: 'Failed', Reason: 'start oss tunnel failed' },
    });
  });

  it('stuck-deleting: Deleting until it is released, no longer bound, and in the way of others', async () => {
    b.emulator.createBinding(LINK);
    b.emulator.addFault({ kind: 'stuck-deleting' });
    await b.imm.ok('DeleteBinding', PAIR);
    b.clock.advance(600_000);
    expect(await shown()).toBe('Deleting');
    expect(b.emulator.bindings()).toEqual([]);
    expect(await b.imm.fails('DeleteBinding', PAIR)).toMatchObject({ code: 'StatusConflict' });
    expect(await b.imm.fails('CreateBinding', PAIR)).toMatchObject({ code: 'StatusConflict' });
    b.emulator.releaseBindings();
    expect(await shown()).toBe('Deleted');
    expect(await b.imm.fails('DeleteBinding', PAIR)).toMatchObject({ code: 'ResourceNotFound' });
  });

  it('stuck-deleting: for a time', async () => {
    b.emulator.createBinding(LINK);
    b.emulator.addFault({ kind: 'stuck-deleting', delayMs: 5000 });
    await b.imm.ok('DeleteBinding', PAIR);
    b.clock.advance(4999);
    expect(await shown()).toBe('Deleting');
    b.clock.advance(1);
    expect(await shown()).toBe('Deleted');
  });

  it('effect-twice: a create and a delete answer what a second one answers', async () => {
    b.emulator.addFault({ kind: 'effect-twice', times: 2 });
    expect(await b.imm.fails('CreateBinding', PAIR)).toMatchObject({ code: 'ResourceAlreadyExists' });
    expect(b.emulator.bindings()).toHaveLength(1);
    expect(await b.imm.fails('DeleteBinding', PAIR)).toMatchObject({ code: 'ResourceNotFound' });
    expect(b.emulator.bindings()).toEqual([]);
  });
});
