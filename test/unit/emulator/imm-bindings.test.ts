import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bench, bench, LINK, PAIR, withDataset } from './rpc.js';

let b: Bench;

beforeEach(async () => {
  b = await bench({ switches: { recreateWaitMs: 0 } });
  withDataset(b.emulator);
});

afterEach(() => b.emulator.close());

describe('the binding operations', () => {
  it('create a binding that is Ready and then Running', async () => {
    const created = await b.imm.ok('CreateBinding', PAIR);
    expect(created.Binding).toMatchObject({ ...PAIR, State: 'Ready', Phase: 'FullScanning' });
    expect(created.RequestId).toMatch(/^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/);
    b.clock.advance(299);
    expect((await b.imm.ok('GetBinding', PAIR)).Binding).toMatchObject({ State: 'Ready' });
    b.clock.advance(1);
    expect((await b.imm.ok('GetBinding', PAIR)).Binding).toMatchObject({ State: 'Running' });
    b.clock.advance(300);
    expect((await b.imm.ok('GetBinding', PAIR)).Binding).toMatchObject({ Phase: 'IncrementalScanning' });
  });

  it('give times as RFC 3339 with nine digits and the offset of Shanghai', async () => {
    await b.imm.ok('CreateBinding', PAIR);
    const { Binding } = (await b.imm.ok('GetBinding', PAIR)) as { Binding: Record<string, string> };
    expect(Binding.CreateTime).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}\+08:00$/);
    expect(Date.parse(String(Binding.CreateTime))).toBe(b.clock.now());
    expect(Binding.UpdateTime).toBe(Binding.CreateTime);
  });

  it('delete a binding and answer nothing but a RequestId', async () => {
    await b.imm.ok('CreateBinding', PAIR);
    expect(Object.keys(await b.imm.ok('DeleteBinding', PAIR))).toEqual(['RequestId']);
    expect(b.emulator.isEmpty()).toBe(true);
  });

  it('work with GET as with POST', async () => {
    const { Rpc } = await import('./rpc.js');
    const get = new Rpc(b.emulator.url, '2020-09-30', undefined, 'GET');
    await get.ok('CreateBinding', PAIR);
    expect(b.emulator.bindings().map((x) => x.link)).toEqual([LINK]);
    expect(b.emulator.journal().map((x) => x.method)).toEqual(['GET']);
  });

  it.each(['ProjectName', 'DatasetName', 'URI'])('need %s', async (name) => {
    const params = Object.fromEntries(Object.entries(PAIR).filter(([key]) => key !== name));
    const failure = await b.imm.fails('CreateBinding', params);
    expect(failure).toMatchObject({ code: 'InvalidArgument', status: 400 });
    expect(failure.message).toBe(`The parameter ${name} is required but not provided.`);
  });

  it.each(['my-bucket', 'oss://my-bucket/', 'oss://my-bucket/prefix', 'oss://My-Bucket', 'oss://ab'])(
    'refuse the URI %s',
    async (URI) => {
      expect(await b.imm.fails('CreateBinding', { ...PAIR, URI })).toMatchObject({ code: 'InvalidArgument' });
    },
  );

  it('answer errors in the shape of IMM', async () => {
    const failure = await b.imm.fails('GetBinding', PAIR);
    expect(Object.keys(failure.body)).toEqual(['RequestId', 'HostId', 'Code', 'Message', 'Recommend']);
  });

  it('allow ten bindings a dataset and no more', async () => {
    for (let i = 0; i < 10; i += 1) await b.imm.ok('CreateBinding', { ...PAIR, URI: `oss://bucket-${i}` });
    expect(await b.imm.fails('CreateBinding', PAIR)).toMatchObject({
      code: 'LimitExceededError',
      status: 400,
    });
    b.emulator.setLimits({ bindingsPerDataset: false });
    await b.imm.ok('CreateBinding', PAIR);
  });

  it('keep accounts and regions apart', async () => {
    b.emulator.createProject('p', { region: 'cn-beijing' });
    b.emulator.createDataset('p', 'd', { region: 'cn-beijing' });
    await b.imm.ok('CreateBinding', PAIR);
    await b.imm.ok('CreateBinding', { ...PAIR, RegionId: 'cn-beijing' });
    expect(b.emulator.bindings(undefined, 'cn-beijing')).toHaveLength(1);
    expect(b.emulator.bindings()).toHaveLength(2);
    expect(b.emulator.bindings('1000000000000999')).toHaveLength(0);
  });
});

describe('ListBindings', () => {
  it('pages in lexicographic order, with a token only while more remain', async () => {
    for (const bucket of ['ccc', 'aaa', 'bbb'])
      b.emulator.createBinding({ project: 'p', dataset: 'd', bucket });
    const first = await b.imm.ok('ListBindings', { ProjectName: 'p', DatasetName: 'd', MaxResults: 2 });
    expect(first.Bindings).toMatchObject([{ URI: 'oss://aaa' }, { URI: 'oss://bbb' }]);
    expect(first.NextToken).toBe('p:d:bbb');
    const rest = await b.imm.ok('ListBindings', { ProjectName: 'p', NextToken: String(first.NextToken) });
    expect(rest.Bindings).toMatchObject([{ URI: 'oss://ccc' }]);
    expect(rest).not.toHaveProperty('NextToken');
  });

  it('lists all datasets when none is named, and filters by URI', async () => {
    b.emulator.createDataset('p', 'e');
    b.emulator.createBinding({ project: 'p', dataset: 'd', bucket: 'aaa' });
    b.emulator.createBinding({ project: 'p', dataset: 'e', bucket: 'bbb' });
    expect((await b.imm.ok('ListBindings', { ProjectName: 'p' })).Bindings).toHaveLength(2);
    const filtered = await b.imm.ok('ListBindings', { ProjectName: 'p', URI: 'oss://bbb' });
    expect(filtered.Bindings).toMatchObject([{ DatasetName: 'e' }]);
  });

  it('gives 100 when MaxResults is 0 and refuses more than 200', async () => {
    b.emulator.setLimits({ bindingsPerDataset: false });
    for (let i = 0; i < 101; i += 1) {
      b.emulator.createBinding({ project: 'p', dataset: 'd', bucket: `bucket-${i}` });
    }
    const reply = await b.imm.ok('ListBindings', { ProjectName: 'p', MaxResults: 0 });
    expect(reply.Bindings).toHaveLength(100);
    expect(await b.imm.fails('ListBindings', { ProjectName: 'p', MaxResults: 201 })).toMatchObject({
      code: 'InvalidArgument',
    });
  });
});
