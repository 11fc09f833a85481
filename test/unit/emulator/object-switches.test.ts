import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bench, bench, withDataset } from './rpc.js';

let b: Bench;

beforeEach(async () => {
  b = await bench();
  withDataset(b.emulator);
});

afterEach(() => b.emulator.close());

const P = { ProjectName: 'p' };
const D = { ...P, DatasetName: 'd' };
const BUCKET = { OSSBucket: 'thumbnails' };
const projectOf = async () => (await b.imm.ok('GetProject', P)).Project as Record<string, unknown>;

describe('attachments', () => {
  it('attachAgain: an error, or nothing', async () => {
    await b.imm.ok('AttachOSSBucket', { ...P, ...BUCKET });
    expect(await b.imm.fails('AttachOSSBucket', { ...P, ...BUCKET })).toMatchObject({
      code: 'ResourceAlreadyExists',
    });
    b.emulator.set({ attachAgain: 'success' });
    await b.imm.ok('AttachOSSBucket', { ...P, ...BUCKET });
  });

  it('attachToOther: moves, or an error', async () => {
    b.emulator.createProject('other');
    await b.imm.ok('AttachOSSBucket', { ...P, ...BUCKET });
    await b.imm.ok('AttachOSSBucket', { ProjectName: 'other', ...BUCKET });
    expect(await b.imm.ok('GetOSSBucketAttachment', BUCKET)).toMatchObject({ ProjectName: 'other' });
    b.emulator.set({ attachToOther: 'ResourceAlreadyExists' });
    expect(await b.imm.fails('AttachOSSBucket', { ...P, ...BUCKET })).toMatchObject({
      code: 'ResourceAlreadyExists',
    });
  });

  it.each(['OSSBucketNotAttached', 'ResourceNotFound'] as const)('missing ones answer %s', async (code) => {
    b.emulator.set({ detachMissing: code, getMissingAttachment: code });
    expect(await b.imm.fails('DetachOSSBucket', BUCKET)).toMatchObject({ code, status: 400 });
    expect(await b.imm.fails('GetOSSBucketAttachment', BUCKET)).toMatchObject({ code, status: 400 });
  });

  it('missing ones answer a success', async () => {
    b.emulator.set({ detachMissing: 'success', getMissingAttachment: 'empty' });
    await b.imm.ok('DetachOSSBucket', BUCKET);
    expect(await b.imm.ok('GetOSSBucketAttachment', BUCKET)).toMatchObject({ ProjectName: '' });
  });

  it.each([
    ['quoted', /^""\d{4}-.*\+08:00""$/],
    ['milliseconds', /^\d{4}-.*\.\d{3}Z$/],
    ['nanoseconds', /^\d{4}-.*\.\d{9}\+08:00$/],
  ] as const)('attachmentTimes: %s', async (attachmentTimes, shape) => {
    b.emulator.set({ attachmentTimes });
    await b.imm.ok('AttachOSSBucket', { ...P, ...BUCKET });
    expect((await b.imm.ok('GetOSSBucketAttachment', BUCKET)).CreateTime).toMatch(shape);
  });
});

describe('projects and datasets', () => {
  it('datasetNotEmptyStatus: 409, or 400; entries keep a dataset, and go whether or not they are there', async () => {
    b.emulator.addEntries('p', 'd', ['oss://b/1', 'oss://b/2']);
    expect(await b.imm.fails('DeleteDataset', D)).toMatchObject({ status: 409 });
    b.emulator.set({ datasetNotEmptyStatus: 400 });
    expect(await b.imm.fails('DeleteDataset', D)).toMatchObject({ status: 400 });
    expect(await b.imm.ok('SimpleQuery', { ...D, MaxResults: '1' })).toMatchObject({
      Files: [{ URI: 'oss://b/1' }],
      NextToken: 'oss://b/1',
      TotalHits: 2,
    });
    const URIs = JSON.stringify(['oss://b/1', 'oss://b/2', 'oss://b/none']);
    await b.imm.ok('BatchDeleteFileMeta', { ...D, URIs });
    await b.imm.ok('DeleteDataset', D);
  });

  it('projectNameFreeAfterMs: the name is refused for so long', async () => {
    await b.imm.ok('CreateProject', { ProjectName: 'q' });
    await b.imm.ok('DeleteProject', { ProjectName: 'q' });
    expect(await b.imm.fails('CreateProject', { ProjectName: 'q' })).toMatchObject({
      code: 'StatusConflict',
    });
    b.clock.advance(200);
    await b.imm.ok('CreateProject', { ProjectName: 'q' });
  });

  it('tagsOnUpdate: adds, or puts in their place', async () => {
    const tag = (Key: string) => ({ ...P, Tag: JSON.stringify([{ Key, Value: 'x' }]) });
    await b.imm.ok('UpdateProject', tag('one'));
    await b.imm.ok('UpdateProject', tag('two'));
    expect((await projectOf()).Tags).toHaveLength(2);
    b.emulator.set({ tagsOnUpdate: 'replace' });
    await b.imm.ok('UpdateProject', tag('three'));
    expect((await projectOf()).Tags).toEqual([{ TagKey: 'three', TagValue: 'x' }]);
  });

  it('emptyDescription: refused, ignored, or clears', async () => {
    await b.imm.ok('UpdateProject', { ...P, Description: 'text' });
    expect(await b.imm.fails('UpdateProject', { ...P, Description: '' })).toMatchObject({
      code: 'InvalidArgument',
    });
    b.emulator.set({ emptyDescription: 'ignored' });
    await b.imm.ok('UpdateProject', { ...P, Description: '' });
    expect((await projectOf()).Description).toBe('text');
    b.emulator.set({ emptyDescription: 'clears' });
    await b.imm.ok('UpdateProject', { ...P, Description: '' });
    expect((await projectOf()).Description).toBe('');
  });

  it('datasetLimitsUnset: those of the project, or the defaults', async () => {
    await b.imm.ok('UpdateProject', { ...P, DatasetMaxBindCount: '3' });
    const count = async () =>
      ((await b.imm.ok('GetDataset', D)).Dataset as Record<string, unknown>).DatasetMaxBindCount;
    expect(await count()).toBe(3);
    b.emulator.set({ datasetLimitsUnset: 'own' });
    expect(await count()).toBe(10);
  });

  it('updateVisibleAfterMs and objectVisibleAfterMs: reads are behind for so long', async () => {
    b.emulator.set({ updateVisibleAfterMs: 300, objectVisibleAfterMs: 300 });
    b.clock.advance(300);
    await b.imm.ok('UpdateProject', { ...P, TemplateId: 'Official:New' });
    await b.imm.ok('CreateProject', { ProjectName: 'late' });
    expect((await projectOf()).TemplateId).not.toBe('Official:New');
    expect(await b.imm.fails('GetProject', { ProjectName: 'late' })).toMatchObject({
      code: 'ResourceNotFound',
    });
    b.clock.advance(300);
    expect((await projectOf()).TemplateId).toBe('Official:New');
    await b.imm.ok('GetProject', { ProjectName: 'late' });
  });

  it('deletedChildLingersMs: a parent counts what was deleted for so long', async () => {
    b.emulator.set({ deletedChildLingersMs: 300 });
    await b.imm.ok('DeleteDataset', D);
    expect(await b.imm.fails('DeleteProject', P)).toMatchObject({ code: 'StatusConflict', status: 400 });
    b.clock.advance(300);
    await b.imm.ok('DeleteProject', P);
  });

  it('triggers and batches keep a project until they are deleted', async () => {
    await b.imm.ok('DeleteDataset', D);
    b.emulator.addJob('p', { kind: 'trigger', id: 't' });
    b.emulator.addJob('p', { kind: 'batch', id: 'b' });
    expect(await b.imm.ok('ListTriggers', P)).toMatchObject({ Triggers: [{ Id: 't' }] });
    expect(await b.imm.ok('ListBatches', P)).toMatchObject({ Batches: [{ Id: 'b' }] });
    await b.imm.ok('DeleteTrigger', { ...P, Id: 't' });
    expect(await b.imm.fails('DeleteProject', P)).toMatchObject({ code: 'StatusConflict' });
    await b.imm.ok('DeleteBatch', { ...P, Id: 'b' });
    await b.imm.ok('DeleteProject', P);
  });
});

it('bindWithAnotherReferer: taken in place, or an error', async () => {
  const bind = (Referer: string) => ({ Bucket: 'in', Referer });
  await b.mts.ok('BindInputBucket', bind('https://one'));
  await b.mts.ok('BindInputBucket', bind('https://two'));
  expect((await b.mts.ok('ListAllMediaBucket', {})).MediaBucketList).toEqual({
    MediaBucket: [{ Bucket: 'in', Type: 'Input', Referer: 'https://two' }],
  });
  b.emulator.set({ bindWithAnotherReferer: 'AlreadyBind' });
  expect(await b.mts.fails('BindInputBucket', bind('https://three'))).toMatchObject({
    code: 'Bucket.AlreadyBind',
  });
});
