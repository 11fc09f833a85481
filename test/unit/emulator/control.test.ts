import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bench, bench, KEY, LINK, PAIR } from './rpc.js';

let b: Bench;

beforeEach(async () => {
  b = await bench();
});

afterEach(() => b.emulator.close());

async function control(method: string, path: string, body?: object): Promise<Record<string, unknown>> {
  const init = { method, ...(body ? { body: JSON.stringify(body) } : {}) };
  const response = await fetch(`${b.emulator.url}/_emulator/${path}`, init);
  return { status: response.status, ...((await response.json()) as object) };
}

describe('the control paths', () => {
  it('say that this is an emulator', async () => {
    expect(await control('GET', 'health')).toMatchObject({ status: 200, ok: true, region: 'cn-shanghai' });
  });

  it('make and break links without a signature, a limit or a journal entry', async () => {
    await control('POST', 'projects', { name: 'p' });
    await control('POST', 'datasets', { project: 'p', name: 'd' });
    expect(await control('POST', 'bindings', { link: LINK })).toMatchObject({ ok: true });
    await control('POST', 'media-buckets', { bucket: 'out', type: 'Output' });
    expect(await control('GET', 'bindings')).toMatchObject({ bindings: [{ link: LINK, state: 'Ready' }] });
    expect(await control('GET', 'media-buckets')).toMatchObject({ mediaBuckets: [{ bucket: 'out' }] });
    await control('POST', 'bindings/fail', { link: LINK, reason: 'broken' });
    expect((await b.imm.ok('GetBinding', PAIR)).Binding).toMatchObject({ State: 'Failed' });
    expect(await control('GET', 'journal')).toMatchObject({ journal: [{ action: 'GetBinding' }] });
    await control('DELETE', 'bindings', { link: LINK });
    await control('DELETE', 'media-buckets', { bucket: 'out', type: 'Output' });
    expect(b.emulator.isEmpty()).toBe(true);
  });

  it('show and set switches, limits and times', async () => {
    expect(await control('PUT', 'switches', { denialCode: 'Forbidden.RAM' })).toMatchObject({
      denialCode: 'Forbidden.RAM',
    });
    expect(await control('PUT', 'switches', { denialCode: 'x' })).toMatchObject({ status: 400 });
    expect(await control('PUT', 'limits', { mtsPerSecond: false })).toMatchObject({ mtsPerSecond: false });
    expect(await control('PUT', 'limits', { nope: 1 })).toMatchObject({ status: 400 });
    expect(await control('PUT', 'timing', { runningAfter: 0 })).toMatchObject({ ok: true });
  });

  it('deny, expire, fail and forget', async () => {
    await control('POST', 'deny', { action: 'mts:*' });
    expect(await b.mts.fails('ListAllMediaBucket')).toMatchObject({ status: 403 });
    await control('DELETE', 'deny');
    await control('POST', 'faults', { kind: 'unavailable-503', times: 1 });
    expect(await b.mts.fails('ListAllMediaBucket')).toMatchObject({ status: 503 });
    expect(await control('POST', 'expire')).toMatchObject({ expired: 0 });
    await b.mts.ok('BindOutputBucket', { Bucket: 'out' });
    await control('POST', 'reset');
    expect(b.emulator.isEmpty()).toBe(true);
    expect(b.emulator.journal()).toEqual([]);
  });

  it('hold requests, count them, and tell what the rules did', async () => {
    expect(await control('POST', 'faults', { kind: 'throttled', times: 'always', skip: 1 })).toMatchObject({
      id: 1,
    });
    expect(await control('POST', 'parks', { boundary: 'after-effect' })).toMatchObject({ id: 1 });
    const bound = b.mts.ok('BindOutputBucket', { Bucket: 'out' });
    await expect
      .poll(() => control('GET', 'parks'))
      .toMatchObject({
        parks: [{ id: 1, boundary: 'after-effect', held: [{ link: 'cn-shanghai/out', status: 200 }] }],
      });
    await control('POST', 'parks/release', { id: 1 });
    await bound;
    await b.mts.fails('ListAllMediaBucket');
    expect(await control('GET', 'faults')).toMatchObject({
      faults: [{ id: 1, kind: 'throttled', times: 'always', skip: 1, matched: 2, struck: 1 }],
    });
    expect(await control('GET', 'statistics')).toMatchObject({ requests: 2, throttled: 1 });
    await control('DELETE', 'faults', { id: 1 });
    await control('DELETE', 'statistics');
    expect(await control('GET', 'faults')).toMatchObject({ faults: [] });
    expect(await control('GET', 'statistics')).toMatchObject({ requests: 0 });
  });

  it('release bindings, and refuse a fault, a park or a disk that makes no sense', async () => {
    await control('PUT', 'timing', { latency: 1 });
    expect(await control('POST', 'bindings/release')).toMatchObject({ ok: true });
    expect(await control('POST', 'faults', { kind: 'nope' })).toMatchObject({ status: 400 });
    expect(await control('POST', 'parks', { boundary: 'nope' })).toMatchObject({ status: 400 });
    expect(await control('PUT', 'disk', { full: true })).toMatchObject({ status: 400 });
  });

  it('refuse what they do not know', async () => {
    expect(await control('GET', 'nope')).toMatchObject({ status: 404 });
    expect(await control('POST', 'projects', {})).toMatchObject({
      status: 400,
      error: '"name" must be a text',
    });
    expect(await control('POST', 'projects', { name: 'p' })).toMatchObject({ status: 200 });
    expect(await control('POST', 'projects', { name: 'p' })).toMatchObject({ error: 'project p exists' });
  });

  it.each([{ host: 'example.com' }, { origin: 'https://example.com' }])(
    'are not there for a web page: %j',
    async (headers) => {
      const status = await new Promise<number | undefined>((resolve, reject) => {
        const call = request(`${b.emulator.url}/_emulator/state`, { headers }, (reply) => {
          reply.resume();
          resolve(reply.statusCode);
        });
        call.once('error', reject).end();
      });
      expect(status).toBe(403);
    },
  );

  it('never show a secret', async () => {
    const shown = [
      await control('GET', 'health'),
      await control('GET', 'state'),
      await control('GET', 'journal'),
    ];
    expect(JSON.stringify(shown)).not.toContain(KEY.accessKeySecret);
  });
});
