import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TEST_ACCOUNT_ID } from '../../emulator/index.js';
import { doubtOf } from '../../provider/lifecycle/standing.js';
import { LifecycleWorld } from '../support/lifecycle/lifecycle-world.js';
import { BINDING, BUCKET, isMutating, LINKS } from '../support/links/links.js';
import { Engine } from './engine.js';
import { addForeignLinks, linksBesideForeign } from './foreign.js';
import { leaksIn } from './leaks.js';

type Line = Readonly<Record<string, unknown>>;

let world: LifecycleWorld;
let directory: string;
let file: string;

beforeAll(async () => {
  world = await LifecycleWorld.start();
  directory = mkdtempSync(join(tmpdir(), 'records-'));
});
afterAll(async () => {
  rmSync(directory, { recursive: true });
  await world.close();
});
beforeEach(() => {
  world.begin();
  addForeignLinks(world);
  file = join(mkdtempSync(join(directory, 'one-')), 'audit.jsonl');
});

const audited = () => ({ environment: { ALICLOUD_MEDIA_AUDIT_LOG: file } });

function lines(): Line[] {
  const text = readFileSync(file, 'utf8');
  expect(text.endsWith('\n')).toBe(true);
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

const shown = () => lines().map(({ action, outcome, try: number }) => `${action} ${number} ${outcome}`);
const mutating = () => world.emulator.journal().filter(({ action }) => isMutating(action));

describe.each(LINKS)('ALICLOUD_MEDIA_AUDIT_LOG, $title', (link) => {
  it('one line before and one after each mutating call, with these fields and no other, and none for a read', async () => {
    const engine = new Engine(world, link);
    expect(await engine.up(audited())).toBeUndefined();
    expect(await engine.refresh(audited())).toBeUndefined();
    expect(await engine.destroy(audited())).toBeUndefined();
    expect(shown()).toEqual(
      [link.makes, link.removes].flatMap((action) => [`${action} 1 sent`, `${action} 1 done`]),
    );
    const [before, after] = lines();
    const common = {
      account: TEST_ACCOUNT_ID,
      caller: expect.stringMatching(/^acs:ram::1000000000000001:/),
      action: link.makes,
      id: link.id,
      try: 1,
    };
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(before).toEqual({ time, ...common, outcome: 'sent' });
    const [made] = mutating();
    expect(after).toEqual({ time, ...common, outcome: 'done', requestId: made?.requestId });
    expect(leaksIn({ audit: readFileSync(file, 'utf8') })).toEqual([]);
  });

  it('each try has its own two lines: unknown for a lost reply, refused with the code, done at last', async () => {
    const { emulator } = world;
    emulator.addFault({ kind: 'effect-then-reply-lost', action: link.removes });
    emulator.addFault({ kind: 'throttled', action: link.makes });
    const engine = new Engine(world, link);
    expect(await engine.up(audited())).toBeUndefined();
    const [, refused] = lines();
    const throttled = mutating()[0];
    expect(refused).toMatchObject({
      outcome: 'refused',
      code: 'Throttling.User',
      requestId: throttled?.requestId,
    });
    expect(await engine.destroy(audited())).toBeUndefined();
    expect(shown()).toEqual([
      `${link.makes} 1 sent`,
      `${link.makes} 1 refused`,
      `${link.makes} 2 sent`,
      `${link.makes} 2 done`,
      `${link.removes} 1 sent`,
      `${link.removes} 1 unknown`,
      `${link.removes} 2 sent`,
      // IMM says that there is nothing to delete; what is attached or registered has a code of its own for it.
      /Bucket$|Attachment$/.test(link.title) ? `${link.removes} 2 unknown` : `${link.removes} 2 already gone`,
    ]);
  });

  it('the line before the call is on the file when the request arrives', async () => {
    const seen: unknown[] = [];
    const end = world.emulator.onCall((boundary, { action }) => {
      if (boundary === 'arrived' && action === link.makes) seen.push(lines().at(-1)?.outcome);
    });
    const engine = new Engine(world, link);
    expect(await engine.up(audited())).toBeUndefined();
    end();
    expect(seen).toEqual(['sent']);
  });

  it('a file that cannot be written stops every mutating call before it is sent, and the next run succeeds', async () => {
    // A directory cannot be appended to, whoever runs the tests.
    mkdirSync(file);
    const engine = new Engine(world, link);
    const failed = await engine.up(audited());
    expect(failed?.message).toContain(`ALICLOUD_MEDIA_AUDIT_LOG: "${file}" cannot be written (EISDIR)`);
    expect(failed?.message).toContain(`${link.makes} of ${link.id}: the call was not sent`);
    expect(mutating()).toEqual([]);
    expect(engine.state).toBeUndefined();
    expect(await engine.up()).toBeUndefined();
    world.emulator.clearJournal();
    expect((await engine.destroy(audited()))?.message).toContain(
      `${link.removes} of ${link.id}: the call was not sent`,
    );
    expect(mutating()).toEqual([]);
    expect(await engine.destroy()).toBeUndefined();
    expect(linksBesideForeign(world)).toEqual([]);
  });

  it('a file that can no longer be written after a create: the error says so, and the state keeps the link', async () => {
    const end = world.emulator.onCall((boundary, { action }) => {
      if (boundary !== 'after-effect' || action !== link.makes) return;
      end();
      rmSync(file);
      mkdirSync(file);
    });
    const engine = new Engine(world, link);
    const error = await engine.up(audited());
    expect(error?.message).toContain('the call ended: done');
    // The call had its effect, so the state keeps the link until the next run has found it.
    expect(doubtOf(engine.state ?? {})).toBeDefined();
    expect(await engine.up()).toBeUndefined();
    expect(doubtOf(engine.state ?? {})).toBeUndefined();
    expect(await engine.destroy()).toBeUndefined();
    expect(linksBesideForeign(world)).toEqual([]);
  });

  it('a new file is for its owner alone, and lines are appended to what is there', async () => {
    const engine = new Engine(world, link);
    expect(await engine.up(audited())).toBeUndefined();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const first = readFileSync(file, 'utf8');
    expect(await engine.destroy(audited())).toBeUndefined();
    expect(readFileSync(file, 'utf8').startsWith(first)).toBe(true);
  });
});

const FIELDS = [
  'event',
  'service',
  'region',
  'action',
  'endpoint',
  'try',
  'milliseconds',
  'rate',
  'code',
  'requestId',
  'status',
  'reason',
  'credentials',
];

describe('ALICLOUD_MEDIA_LOG=debug', () => {
  const debug = { environment: { ALICLOUD_MEDIA_LOG: 'debug' } };
  const told = (): Record<string, unknown>[] =>
    world.said
      .filter((line) => line.startsWith('info: debug: '))
      .map((line) => {
        const fields = [...line.slice('info: debug: '.length).matchAll(/(\w+)=("(?:[^"\\]|\\.)*"|\S+)/g)];
        return Object.fromEntries(fields.map(([, name, value]) => [name, JSON.parse(value ?? '')]));
      });

  it('says tries, codes, the endpoint, the timing and the source of the credentials, from these fields alone', async () => {
    world.emulator.addFault({ kind: 'throttled', action: 'CreateBinding' });
    world.emulator.addFault({ kind: 'html-502', action: 'CreateBinding' });
    const engine = new Engine(world, BINDING);
    expect(await engine.up(debug)).toBeUndefined();
    const creates = told().filter(({ action }) => action === 'CreateBinding');
    const endpoint = world.emulator.url;
    const credentials = 'config alicloud:accessKey';
    const common = { service: 'imm', region: 'cn-shanghai', endpoint, credentials, milliseconds: 0 };
    expect(creates).toMatchObject([
      { event: 'failure', try: 1, code: 'Throttling.User', status: 400, ...common },
      {
        event: 'failure',
        try: 2,
        reason: expect.stringContaining('HTTP 502, a reply that is no answer of the API'),
        ...common,
      },
      { event: 'answer', try: 3, requestId: expect.stringMatching(/^[0-9A-F-]{36}$/), ...common },
    ]);
    expect(FIELDS).toEqual(expect.arrayContaining([...new Set(told().flatMap((line) => Object.keys(line)))]));
    expect(leaksIn({ said: world.said })).toEqual([]);
  });

  it('says how long a request waits for its turn, and the rate in force', async () => {
    world.restartProvider(debug);
    const operation = world.operation({ kind: 'read' });
    const listing = {
      service: 'mts',
      region: 'cn-shanghai',
      action: 'ListAllMediaBucket',
      params: {},
    } as const;
    await Promise.all(Array.from({ length: 11 }, () => operation.request(listing)));
    const waits = told().filter(({ event }) => event === 'wait');
    expect(waits).toMatchObject([{ action: 'ListAllMediaBucket', milliseconds: 1050, rate: 10 }]);
  });

  it('says nothing without the variable, or with another word in it', async () => {
    for (const environment of [{}, { ALICLOUD_MEDIA_LOG: '1' }]) {
      const engine = new Engine(world, BUCKET);
      expect(await engine.up({ environment })).toBeUndefined();
      expect(told()).toEqual([]);
      expect(await engine.destroy()).toBeUndefined();
    }
  });
});
