import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bench, bench } from './rpc.js';

let b: Bench;

beforeEach(async () => {
  b = await bench({ switches: { notFoundWord: 'Binding' }, limits: { immProjectPerSecond: false } });
});

afterEach(() => b.emulator.close());

describe('projects', () => {
  it('are created, read, listed and deleted', async () => {
    const Tag = JSON.stringify([{ Key: 'team', Value: 'media' }]);
    const { Project } = await b.imm.ok('CreateProject', { ProjectName: 'p', Description: 'mine', Tag });
    expect(Project).toMatchObject({
      ProjectName: 'p',
      Description: 'mine',
      ServiceRole: 'AliyunIMMDefaultRole',
      Tags: [{ TagKey: 'team', TagValue: 'media' }],
    });
    expect((await b.imm.ok('GetProject', { ProjectName: 'p' })).Project).toEqual(Project);
    expect((await b.imm.ok('ListProjects', { Prefix: 'p' })).Projects).toEqual([Project]);
    expect((await b.imm.ok('ListProjects', { Prefix: 'q' })).Projects).toEqual([]);
    await b.imm.ok('DeleteProject', { ProjectName: 'p' });
    const gone = await b.imm.fails('GetProject', { ProjectName: 'p' });
    expect(gone).toMatchObject({ code: 'ResourceNotFound', status: 400 });
    expect(gone.message).toBe('The specified resource Project is not found.');
  });

  it('carry the total size above 2^53 as the very number', async () => {
    await b.imm.ok('CreateProject', { ProjectName: 'p' });
    const { Project } = (await b.imm.ok('GetProject', { ProjectName: 'p' })) as { Project: object };
    // pop-core reads a number of more than 15 digits as a BigNumber, which JSON writes as a text.
    expect(Project).toMatchObject({ DatasetMaxTotalFileSize: '90000000000000000' });
  });

  it('cannot be created twice', async () => {
    await b.imm.ok('CreateProject', { ProjectName: 'p' });
    expect(await b.imm.fails('CreateProject', { ProjectName: 'p' })).toMatchObject({
      code: 'ResourceAlreadyExists',
      status: 400,
      message: 'The specified resource Project already exists.',
    });
  });

  it('cannot be deleted while a dataset is left', async () => {
    b.emulator.createProject('p');
    b.emulator.createDataset('p', 'd');
    expect(await b.imm.fails('DeleteProject', { ProjectName: 'p' })).toMatchObject({
      code: 'StatusConflict',
      status: 400,
    });
  });

  it('are at most 100 a region', async () => {
    for (let i = 0; i < 100; i += 1) b.emulator.createProject(`p${i}`);
    expect(await b.imm.fails('CreateProject', { ProjectName: 'one-more' })).toMatchObject({
      code: 'LimitExceededError',
    });
    await b.imm.ok('CreateProject', { ProjectName: 'one-more', RegionId: 'cn-beijing' });
  });

  it.each(['1p', '-p', 'p.q', 'x'.repeat(129)])('refuse the name %s', async (ProjectName) => {
    expect(await b.imm.fails('CreateProject', { ProjectName })).toMatchObject({ code: 'InvalidArgument' });
  });
});

describe('datasets', () => {
  beforeEach(() => b.emulator.createProject('p'));

  it('are created, read, listed and deleted', async () => {
    const name = { ProjectName: 'p', DatasetName: 'd' };
    const { Dataset } = await b.imm.ok('CreateDataset', { ...name, TemplateId: 'Official:ImageManagement' });
    expect(Dataset).toMatchObject({
      ...name,
      TemplateId: 'Official:ImageManagement',
      DatasetMaxBindCount: 10,
    });
    expect((await b.imm.ok('GetDataset', name)).Dataset).toEqual(Dataset);
    expect((await b.imm.ok('ListDatasets', { ProjectName: 'p' })).Datasets).toEqual([Dataset]);
    await b.imm.ok('DeleteDataset', name);
    expect((await b.imm.fails('GetDataset', name)).message).toBe(
      'The specified resource Dataset is not found.',
    );
  });

  it('count their bindings, and keep DatasetMaxBindCount', async () => {
    const name = { ProjectName: 'p', DatasetName: 'd' };
    await b.imm.ok('CreateDataset', { ...name, DatasetMaxBindCount: 1 });
    await b.imm.ok('CreateBinding', { ...name, URI: 'oss://one' });
    expect((await b.imm.ok('GetDataset', name)).Dataset).toMatchObject({ BindCount: 1 });
    expect(await b.imm.fails('CreateBinding', { ...name, URI: 'oss://two' })).toMatchObject({
      code: 'LimitExceededError',
    });
  });

  it('need their project', async () => {
    const failure = await b.imm.fails('CreateDataset', { ProjectName: 'q', DatasetName: 'd' });
    expect(failure.message).toBe('The specified resource Project is not found.');
  });

  it('refuse a DatasetMaxBindCount above 10', async () => {
    const params = { ProjectName: 'p', DatasetName: 'd', DatasetMaxBindCount: 11 };
    expect(await b.imm.fails('CreateDataset', params)).toMatchObject({ code: 'InvalidArgument' });
  });
});

describe('parameters', () => {
  beforeEach(async () => {
    await b.imm.ok('CreateProject', { ProjectName: 'p' });
    await b.imm.ok('CreateDataset', { ProjectName: 'p', DatasetName: 'd' });
    b.emulator.addEntries('p', 'd', ['oss://b/1.mp4']);
  });

  it.each([
    ['true', 1],
    ['True', 1],
    ['false', 0],
    [undefined, 0],
  ])('WithStatistics=%s counts, as each official client writes it', async (WithStatistics, FileCount) => {
    const flag = WithStatistics === undefined ? {} : { WithStatistics };
    const { Dataset } = await b.imm.ok('GetDataset', { ProjectName: 'p', DatasetName: 'd', ...flag });
    const { Project } = await b.imm.ok('GetProject', { ProjectName: 'p', ...flag });
    expect([Dataset, Project]).toMatchObject([{ FileCount }, { FileCount }]);
  });

  it('URIs that are no JSON are refused, and nothing is removed', async () => {
    const names = { ProjectName: 'p', DatasetName: 'd' };
    const refused = await b.imm.fails('BatchDeleteFileMeta', { ...names, URIs: '[oss://b/1.mp4' });
    expect(refused).toMatchObject({ code: 'InvalidArgument' });
    expect((await b.imm.ok('SimpleQuery', names)).TotalHits).toBe(1);
  });
});
