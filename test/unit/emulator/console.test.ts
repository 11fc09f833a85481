import { readdirSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { greeting } from '../../../cli/emulator/greeting.js';
import type { News, Tables } from '../../../emulator/console/shapes.js';
import { FAULT_KINDS, SWITCH_NAMES } from '../../../emulator/index.js';
import { type Bench, bench, KEY, LINK, PAIR, withDataset } from './rpc.js';

const FOLDER = join(__dirname, '../../../emulator/console/browser');
const SCRIPTS = readdirSync(FOLDER).filter((name) => name.endsWith('.mjs'));
const FILES = ['console', 'console/', ...[...SCRIPTS, 'console.css'].map((name) => `console/${name}`)];

let b: Bench;

beforeEach(async () => {
  b = await bench();
});

afterEach(() => b.emulator.close());

const get = (path: string) => fetch(`${b.emulator.url}/_emulator/${path}`);

async function live(query: Readonly<Record<string, string>> = {}): Promise<News> {
  return (await (await get(`console/live?${new URLSearchParams(query)}`)).json()) as News;
}

/** A request with headers that fetch does not let a program set. */
function statusOf(method: string, path: string, headers: Record<string, string>, body = ''): Promise<number> {
  return new Promise((resolve, reject) => {
    const call = request(`${b.emulator.url}/_emulator/${path}`, { method, headers }, (reply) => {
      reply.resume();
      resolve(reply.statusCode ?? 0);
    });
    call.once('error', reject).end(body);
  });
}

describe('the files of the console', () => {
  it.each(FILES)('%s is sent with a policy under which nothing else is loaded or run', async (path) => {
    const { status, headers } = await get(path);
    expect(status).toBe(200);
    const policy = headers.get('content-security-policy')?.split('; ');
    expect(policy).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "img-src 'self' data:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
      ]),
    );
    expect(policy?.join()).not.toMatch(/unsafe|https?:|\*/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it.each(FILES)('%s names no other place, and no way for a text to become markup or code', async (path) => {
    const text = (await (await get(path)).text()).replaceAll('http://www.w3.org/2000/svg', '');
    expect(text).not.toMatch(/https?:|(src|href)="\/\/|url\(|@import ['"u]/);
    expect(text).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function/);
    expect(text).not.toMatch(/<script>|<style|\sstyle=|\son\w+=|javascript:/i);
  });

  it('are of the kinds a browser takes them for', async () => {
    const typeOf = async (path: string) => (await get(path)).headers.get('content-type');
    expect(await typeOf('console')).toBe('text/html; charset=utf-8');
    expect(await typeOf('console/console.css')).toBe('text/css; charset=utf-8');
    expect(await typeOf('console/main.mjs')).toBe('text/javascript; charset=utf-8');
  });

  it('are those alone, whatever path is asked for', async () => {
    for (const path of [
      'console/tsconfig.json',
      'console/../files.ts',
      'console/%2e%2e/files.ts',
      'console/x',
    ]) {
      expect(await statusOf('GET', path, {}), path).toBe(404);
    }
    expect(await statusOf('POST', 'console', {})).toBe(404);
  });
});

describe('another web page', () => {
  const host = () => new URL(b.emulator.url).host;
  const rule = JSON.stringify({ kind: 'throttled' });

  it.each([
    ['another port of this machine', () => ({ origin: 'http://127.0.0.1:1' })],
    ['this port under another name', () => ({ origin: `http://localhost:${new URL(b.emulator.url).port}` })],
    ['this port with TLS', () => ({ origin: `https://${host()}` })],
    ['a file or a frame without an origin', () => ({ origin: 'null' })],
    [
      'a name that was made to lead here',
      () => ({ host: 'rebound.example', origin: 'http://rebound.example' }),
    ],
    ['such a name without an Origin', () => ({ host: `127.0.0.1.example:${new URL(b.emulator.url).port}` })],
  ])('reads and changes nothing: %s', async (_, headers) => {
    expect(await statusOf('GET', 'console', headers())).toBe(403);
    expect(await statusOf('GET', 'console/live', headers())).toBe(403);
    expect(await statusOf('POST', 'faults', headers(), rule)).toBe(403);
    expect(await statusOf('PUT', 'switches', headers(), '{"denialCode":"Forbidden"}')).toBe(403);
    expect(b.emulator.faults()).toEqual([]);
    expect(b.emulator.switches.denialCode).toBe('AccessDenied');
  });

  it('is told apart from the console, which sends the Origin of this very port', async () => {
    expect(await statusOf('POST', 'faults', { origin: b.emulator.url }, rule)).toBe(200);
    expect(b.emulator.faults()).toHaveLength(1);
  });
});

describe('what the console is told', () => {
  it('is each call once, by a cursor, and all of them again after another start', async () => {
    await b.imm.fails('GetBinding', PAIR);
    const { run, calls, first } = await live();
    expect(first).toBe(1);
    expect(calls).toMatchObject([
      { sequence: 1, action: 'GetBinding', link: LINK, code: 'ResourceNotFound' },
    ]);
    expect((await live({ run, after: '1' })).calls).toEqual([]);
    await b.mts.ok('ListAllMediaBucket');
    expect((await live({ run, after: '1' })).calls).toMatchObject([{ sequence: 2, status: 200 }]);
    expect((await live({ run: 'of another start', after: '1' })).calls).toHaveLength(2);
  });

  it('says what of the journal was forgotten', async () => {
    await b.mts.ok('ListAllMediaBucket');
    b.emulator.clearJournal();
    await b.mts.ok('ListAllMediaBucket');
    expect(await live()).toMatchObject({ first: 2, calls: [{ sequence: 2 }] });
  });

  it('is what exists, and that again only when it has changed', async () => {
    withDataset(b.emulator);
    b.emulator.createBinding(LINK);
    b.emulator.attachBucket('p', 'attached');
    b.emulator.bindInputBucket('in');
    const { run, seen, standing } = await live();
    const where = `cn-shanghai, ${KEY.account}`;
    expect(standing?.objects).toEqual({
      projects: { total: 1, rows: [{ project: 'p', where }] },
      datasets: { total: 1, rows: [{ project: 'p', dataset: 'd', where }] },
      bindings: {
        total: 1,
        rows: [{ project: 'p', dataset: 'd', bucket: 'my-bucket', state: 'Ready', where }],
      },
      attachments: { total: 1, rows: [{ project: 'p', bucket: 'attached', where }] },
      mediaBuckets: { total: 1, rows: [{ bucket: 'in', type: 'Input', where }] },
    });
    expect((await live({ run, seen })).standing).toBeUndefined();
    b.clock.advance(1_000);
    const rows = (await live({ run, seen })).standing?.objects.bindings.rows;
    expect(rows).toMatchObject([{ state: 'Running' }]);
  });

  it('has bounds, and counts what is beyond them', async () => {
    for (let n = 0; n < 201; n++) b.emulator.bindOutputBucket(`bucket-${n}`);
    const { total, rows = [] } = (await live()).standing?.objects.mediaBuckets ?? {};
    expect([total, rows.length]).toEqual([201, 200]);
  });

  it('are the kinds of faults, the actions and the switches of the emulator itself', async () => {
    const tables = (await (await get('console/tables')).json()) as Tables;
    expect(tables.faults.map(({ kind }) => kind)).toEqual(FAULT_KINDS);
    expect(tables.switches.map(({ name }) => name)).toEqual(SWITCH_NAMES);
    expect(tables.actions).toEqual(
      expect.arrayContaining(['DeleteBinding', 'UnbindOutputBucket', 'AssumeRole']),
    );
  });

  it('holds no key, no signature and no signed address, wherever a client puts one', async () => {
    const signed = 'oss://b/?OSSAccessKeyId=LTAI5tAbcdefGhijkl&Signature=c2lnbmVk';
    await b.imm.fails('GetBinding', { ...PAIR, URI: signed, SecurityToken: 'CAIS-token' });
    await b.imm.fails('LTAI5tAbcdefGhijkl', { ProjectName: KEY.accessKeySecret });
    b.emulator.createProject(`of-${KEY.accessKeySecret}`);
    b.emulator.addFault({ kind: 'throttled', accessKeyId: KEY.accessKeyId, link: signed });
    b.emulator.addFault({ kind: 'throttled', linkContains: '&Signature=c2lnbmVk' });
    b.emulator.addFault({ kind: 'answered', body: '{"Key":"LTAI5tAbcdefGhijkl"}' });
    const told = JSON.stringify(await live());
    expect(told).toContain('one key');
    for (const secret of ['LTAI', 'c2lnbmVk', 'CAIS', KEY.accessKeyId, KEY.accessKeySecret]) {
      expect(told).not.toContain(secret);
    }
  });

  it('says how long a call took, with what a fault held it back', async () => {
    b.emulator.addFault({ kind: 'slow', delayMs: 30 });
    await b.mts.ok('ListAllMediaBucket');
    await b.mts.ok('ListAllMediaBucket');
    expect((await live()).calls.map(({ took }) => took)).toEqual([30, 0]);
  });
});

it('is named by the greeting of the emulator', () => {
  expect(greeting(b.emulator, {})).toContain(`in a browser: ${b.emulator.url}/_emulator/console\n`);
});
