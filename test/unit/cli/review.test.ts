import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reviewSchema } from '../../../cli/review/report.js';
import { UNKNOWN } from '../../../provider/lifecycle/unknown.js';
import { BINDING, BUCKET, LINKS, linkOf } from '../../support/links/links.js';
import { ACCOUNT, preview, step, urnOf } from './previews.js';
import { reportOf, runReview } from './run-review.js';

describe('a delete', () => {
  it.each(
    LINKS.flatMap((link) =>
      (['dynamic', 'plugin'] as const).map((host) => [link.title, host, link] as const),
    ),
  )('of %s on the %s host is found, with account, region, link and what stops', async (title, host, link) => {
    const { findings, exit } = await reportOf(preview([step('delete', link, { host })]));
    expect(exit).toBe(1);
    expect(findings).toEqual([
      {
        change: 'delete',
        title,
        id: link.id,
        newId: null,
        name: 'ours',
        urn: urnOf(link, 'ours', host),
        host,
        account: ACCOUNT,
        region: 'cn-shanghai',
        effect: link.description.stops,
        because: [],
        isProtected: false,
        isRetained: false,
        isEmptied: false,
        deletedWith: null,
        renamedTo: null,
        isAllowed: false,
      },
    ]);
  });

  it('of what another package has, or what a `get` only read, is none of these', async () => {
    const other = {
      op: 'delete',
      urn: 'urn:pulumi:test::media::alicloud:oss/bucket:Bucket::b',
      oldState: { id: 'b' },
    };
    const read = step('delete', BUCKET, { state: { external: true } });
    const { findings, others, exit } = await reportOf(preview([other, step('discard', BINDING), read]));
    expect([findings, exit]).toEqual([[], 0]);
    expect(others).toMatchObject({ delete: 2, read: 1 });
  });

  it('says that it is retained, protected, emptied, and what it is deleted with', async () => {
    const dataset = linkOf('imm.Dataset');
    const holder = urnOf(dataset, 'holder');
    const inputs = { ...dataset.inputs, forceDestroy: true };
    const text = preview([
      step('delete', dataset, { name: 'holder', state: { inputs } }),
      step('delete', BINDING, { state: { deletedWith: holder, protect: true } }),
      step('delete', BUCKET, { state: { retainOnDelete: true, deletedWith: `${holder}-2` } }),
    ]);
    const { findings } = await reportOf(text);
    expect(findings).toMatchObject([
      { isEmptied: true },
      { isProtected: true, deletedWith: { urn: holder, isDeleted: true } },
      { isRetained: true, deletedWith: { urn: `${holder}-2`, isDeleted: false } },
    ]);
    expect(findings[2]?.effect).toMatch(/^The link stays as it is, and no stack has it any more\./);
    const { out } = await runReview(text);
    for (const words of ['**Protected:**', '**Retained**', '`forceDestroy` is set', '`deletedWith` `holder`'])
      expect(out).toContain(words);
  });

  it('beside a create of the same link is a rename, told with what to do', async () => {
    const text = preview([step('delete', BUCKET, { name: 'old' }), step('create', BUCKET, { name: 'new' })]);
    const { findings, exit } = await reportOf(text);
    expect(exit).toBe(1);
    expect(findings[0]?.renamedTo).toEqual({ urn: urnOf(BUCKET, 'new'), isSameProvider: true });
    const { out } = await runReview(text);
    expect(out).toContain('**A rename that would end in a delete of the same link:** `new` is to have it.');
    expect(out).toContain('`aliases` or `pulumi state rename`');
  });

  it('is no rename beside a create whose names are another, secret or not known yet', async () => {
    const creates = ['theirs', '[secret]', UNKNOWN].map((bucket, index) =>
      step('create', BUCKET, { name: `new${index}`, news: { ...BUCKET.inputs, bucket } }),
    );
    const { findings } = await reportOf(preview([step('delete', BUCKET), ...creates]));
    expect(findings).toMatchObject([{ renamedTo: null }]);
  });
});

describe('a replacement', () => {
  it('that keeps its link, as of a binding that failed, is no rename', async () => {
    const { findings } = await reportOf(preview([step('replace', BINDING, { reasons: ['status'] })]));
    expect(findings).toMatchObject([{ newId: BINDING.id, because: ['status'], renamedTo: null }]);
    expect((await runReview(preview([step('replace', BINDING)]))).out).not.toContain('It becomes');
  });

  it('of a dataset with `forceDestroy` does not say that it is emptied, since that acts in a delete alone', async () => {
    const dataset = linkOf('imm.Dataset');
    const inputs = { ...dataset.inputs, forceDestroy: true };
    const { findings } = await reportOf(preview([step('replace', dataset, { state: { inputs } })]));
    expect(findings).toMatchObject([{ isEmptied: false }]);
  });

  it('is one however many steps show it, with the arguments that make it and the link that comes of it', async () => {
    const news = { ...BINDING.inputs, uri: 'oss://theirs' };
    const steps = ['delete-replaced', 'replace', 'create-replacement'].map((op) =>
      step(op, BINDING, { news, ...(op === 'delete-replaced' ? {} : { reasons: ['uri'] }) }),
    );
    for (const shown of [steps, [...steps].reverse(), steps.slice(1, 2)]) {
      const { findings, counts, others } = await reportOf(preview(shown));
      expect(counts).toEqual({ deletes: 0, replacements: 1, allowed: 0 });
      expect(others.replace).toBe(0);
      expect(findings).toMatchObject([
        {
          change: 'replace',
          id: BINDING.id,
          newId: 'cn-shanghai/media/videos/oss://theirs',
          because: ['uri'],
          effect: BINDING.description.replacement,
        },
      ]);
    }
  });
});

it('the page of the docs shows what the command prints', async () => {
  const page = readFileSync(resolve(__dirname, '../../../docs/guides/review-deletes.md'), 'utf8');
  const [, shown] = /```markdown\n(.*?)```/s.exec(page) ?? [];
  const names = { projectName: 'media-library', datasetName: 'videos' };
  const of = (title: string, id: string, inputs: object) => ({
    ...linkOf(title),
    id: `cn-shanghai/${id}`,
    inputs: { ...inputs, region: 'cn-shanghai' },
  });
  const uploads = of('imm.DatasetBinding', 'media-library/videos/oss://media-uploads', names);
  const input = of('mps.InputBucket', 'input:media-uploads', {});
  const output = of('mps.OutputBucket', 'media-renditions', { bucket: 'media-renditions' });
  const news = { bucket: 'media-copies', region: 'cn-shanghai' };
  const steps = [
    step('replace', output, { name: 'renditions', news, reasons: ['bucket'] }),
    step('delete', input, { name: 'uploads', state: { retainOnDelete: true } }),
    step('delete', uploads, { name: 'uploads' }),
  ];
  const { out } = await runReview(preview(steps, { changeSummary: { same: 4 } }));
  expect(out).toBe(shown);
});

describe('a plan', () => {
  const plan = (steps: readonly string[], more: object = {}) => ({ steps, state: null, ...more });
  const goal = { inputDiff: { updates: { bucket: 'theirs', adopt: true } } };
  const text = JSON.stringify({
    manifest: {},
    resourcePlans: {
      [urnOf(BINDING, 'gone')]: plan(['delete']),
      [urnOf(BUCKET, 'moved', 'plugin')]: plan(['delete-replaced', 'replace', 'create-replacement'], {
        goal,
        state: { bucket: 'theirs', region: 'cn-shanghai', accountId: UNKNOWN },
      }),
      [urnOf(BUCKET, 'off')]: plan(['replace'], {
        goal: { inputDiff: { updates: { region: 'cn-beijing' } } },
        state: { bucket: 'ours', region: 'cn-beijing' },
      }),
      [urnOf(BUCKET, 'same')]: plan(['same']),
    },
  });

  it('tells the same, but for what a plan does not hold', async () => {
    const { findings, others, source, exit } = await reportOf(text);
    expect([source, exit, others.same]).toEqual(['plan', 1, 1]);
    expect(findings).toMatchObject([
      { change: 'delete', name: 'gone', id: null, account: null, isProtected: null, isRetained: null },
      { change: 'replace', name: 'moved', host: 'plugin', newId: 'cn-shanghai/theirs', because: ['bucket'] },
      { name: 'off', newId: 'cn-beijing/ours', region: null, because: ['region'] },
    ]);
    expect((await runReview(text)).out).toContain(
      'Read from a plan. It does not say which link a resource had',
    );
  });
});

describe('everything else', () => {
  it('is one line, with what Pulumi counts and does not show, and with what nobody knows as a change', async () => {
    const other = (op: string, name: string) => ({ op, urn: `urn:pulumi:test::media::a:b:C::${name}` });
    const replaced = ['create-replacement', 'replace', 'delete-replaced'].map((op) => other(op, 'r'));
    const steps = [
      step('delete', BINDING),
      step('create', BUCKET),
      other('delete', 'd'),
      ...replaced,
      other('explode', 'e'),
    ];
    const text = preview(steps, {
      changeSummary: { same: 40, create: 1, delete: 2, replace: 1, explode: 1, melt: 3 },
    });
    const { others } = await reportOf(text);
    expect(others).toEqual({
      create: 1,
      import: 0,
      update: 0,
      delete: 1,
      replace: 1,
      same: 40,
      read: 0,
      more: [
        { op: 'explode', count: 1 },
        { op: 'melt', count: 3 },
      ],
    });
    expect((await runReview(text)).out).toContain(
      'Everything else: 1 to create, 1 other resources to delete, 1 other resources to replace, 1 `explode`, 3 `melt`, 40 unchanged.\n',
    );
  });
});

describe('a secret', () => {
  const secret = 'hunter2';
  const cipher = {
    '4dabf18193072939515e22adb298388d': '1b47061264138c4ac30d75fd1eb44270',
    ciphertext: secret,
  };
  const inputs = { ...BUCKET.inputs, bucket: '[secret]' };
  const hidden = { ...BUCKET, id: `cn-shanghai/${secret}` };

  it('that names a link is hidden in its id, which Pulumi shows in clear', async () => {
    const text = preview([
      step(
        'delete',
        { ...hidden, id: `cn-beijing/${secret}` },
        { state: { inputs: { ...inputs, bucket: cipher } } },
      ),
      step('delete', hidden, { state: { inputs, outputs: { ...inputs, accountId: '[secret]' } } }),
      step('replace', BINDING, { news: { ...BINDING.inputs, uri: '[secret]' }, reasons: ['uri'] }),
    ]);
    const { findings } = await reportOf(text);
    expect(findings).toMatchObject([
      { id: 'cn-beijing/[secret]' },
      { id: 'cn-shanghai/[secret]', account: null },
      { newId: null },
    ]);
    for (const args of [[], ['--json']]) expect((await runReview(text, ...args)).out).not.toContain(secret);
  });

  it('of a plan stays in it', async () => {
    const text = JSON.stringify({
      resourcePlans: {
        [urnOf(BUCKET, 'x')]: {
          steps: ['replace'],
          goal: { inputDiff: { updates: { bucket: cipher } } },
          state: { bucket: cipher, region: cipher },
        },
      },
    });
    expect(await reportOf(text)).toMatchObject({
      findings: [{ newId: null, region: null, because: ['bucket'] }],
    });
    for (const args of [[], ['--json']]) expect((await runReview(text, ...args)).out).not.toContain(secret);
  });
});

it('the schema allows no field that it does not describe', () => {
  const objects: unknown[] = [];
  JSON.stringify(reviewSchema, (_, value) => {
    if (value && typeof value === 'object' && 'properties' in value && 'type' in value) objects.push(value);
    return value as unknown;
  });
  expect(objects.length).toBeGreaterThan(6);
  for (const one of objects) expect(one).toMatchObject({ additionalProperties: false });
});
