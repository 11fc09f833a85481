import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exportedState } from '../support/cli/states.js';
import {
  audit,
  BUCKET,
  bindingEntry,
  bucketEntry,
  emulator,
  folder,
  kinds,
  PRESS,
  report,
  SHOP,
  stack,
  useWorld,
} from './audit-world.js';

useWorld();

describe('what is not seen', () => {
  it('is listed with action and code while the rest goes on, is never clean, and ends with 2', async () => {
    stack();
    emulator.deny({ action: 'imm:ListBindings' });
    const exported = exportedState({ stack: 'dev', entries: [bindingEntry(), bucketEntry()] });
    const found = await report(['--state', '-'], exported);
    expect(found.code).toBe(2);
    expect(found.notSeen).toMatchObject([
      {
        account: SHOP,
        title: 'imm.DatasetBinding',
        place: 'cn-shanghai/media/videos',
        action: 'imm:ListBindings',
        code: emulator.switches.denialCode,
      },
    ]);
    expect(kinds(found)).toEqual(['dangling cn-shanghai/media/videos', 'dangling cn-shanghai/media']);
    const text = await audit(['--state', '-'], exported);
    expect(text.out).toContain('1 not seen: nothing is known of what is there');
    expect(text.code).toBe(2);
  });

  it('includes what a stack made a moment ago and no listing shows yet, and what is in a region that nobody listed', async () => {
    const young = bucketEntry({ outputs: { accountId: SHOP, boundAt: new Date().toISOString() } });
    const far = bucketEntry({ name: 'far', id: 'cn-nowhere-9/far' });
    const found = await report(['--state', '-'], exportedState({ stack: 'dev', entries: [young, far] }));
    expect(found.notSeen.map(({ place, code }) => `${code} ${place}`)).toEqual([
      `TooYoung ${BUCKET}`,
      'NotListed cn-nowhere-9/far',
    ]);
    expect(kinds(found)).toEqual([]);
    expect(found.code).toBe(2);
  });

  it('stands in a file beside the programs of what was seen', async () => {
    stack();
    emulator.deny({ action: 'imm:ListBindings' });
    const code = join(folder, 'programs');
    const { code: exit, err } = await audit(['--adopt-code', code, '--region', 'cn-shanghai']);
    expect(exit, err).toBe(2);
    expect(readdirSync(code).sort()).toEqual([`${SHOP}-cn-shanghai`, 'not-seen.json']);
    expect(JSON.parse(readFileSync(join(code, 'not-seen.json'), 'utf8'))).toMatchObject([
      { place: 'cn-shanghai/media/videos', action: 'imm:ListBindings' },
    ]);
  });

  it('includes what is throttled for good', async () => {
    stack();
    emulator.addFault({ kind: 'throttled', action: 'ListAllMediaBucket', times: 'always' });
    const found = await report(['--region', 'cn-shanghai', '--timeout', '1']);
    expect(found.notSeen.map(({ title, code }) => `${title} ${code}`).sort()).toEqual([
      expect.stringMatching(/^mps\.InputBucket Throttling/),
      expect.stringMatching(/^mps\.OutputBucket Throttling/),
    ]);
    expect(found.code).toBe(2);
  });

  it('includes an account whose keys are refused, and one of which no credentials were given', async () => {
    emulator.bindOutputBucket('press', { account: PRESS });
    const missing = await report(['--profile', 'nobody', '--profile', 'press']);
    expect(missing.notSeen).toMatchObject([{ account: 'profile nobody', title: '', place: '' }]);
    expect(kinds(missing)).toEqual(['dangling cn-shanghai/press']);
    const elsewhere = await report(
      ['--state', '-', '--profile', 'press'],
      exportedState({ stack: 'dev', entries: [bucketEntry()] }),
    );
    expect(elsewhere.notSeen).toMatchObject([{ account: SHOP, code: 'NotAsked' }]);
    expect([missing.code, elsewhere.code]).toEqual([2, 2]);
  });

  it('includes what a listing may have cut off: then nothing is gone', async () => {
    for (let index = 0; index < 100; index++) emulator.bindOutputBucket(`bucket-${index}`);
    emulator.set({ listingEndsAt100: true });
    const exported = exportedState({ stack: 'dev', entries: [bucketEntry()] });
    const found = await report(['--state', '-', '--region', 'cn-shanghai'], exported);
    expect(found.notSeen.map(({ code }) => code)).toContain('Incomplete');
    expect(kinds(found).filter((kind) => kind.startsWith('gone'))).toEqual([]);
    expect(found.code).toBe(2);
  });
});
