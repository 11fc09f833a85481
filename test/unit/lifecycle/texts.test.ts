import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LIFECYCLES } from '../../../provider/hosts/lifecycles.js';
import { datasetBinding } from '../../../provider/imm/dataset-binding/dataset-binding.js';
import { adoptable } from '../../../provider/lifecycle/adoption.js';
import { parseDuration, sayDuration } from '../../../provider/lifecycle/duration.js';
import { adoptedBy, isAdoptable } from '../../../provider/lifecycle/ids.js';
import { plainOutputs } from '../../../provider/lifecycle/outputs.js';
import { outputBucket } from '../../../provider/mps/output-bucket.js';

describe('a duration', () => {
  it.each([
    ['500ms', 500],
    ['90s', 90_000],
    ['10m', 600_000],
    ['1h30m', 5_400_000],
    ['1.5h', 5_400_000],
    ['1h1m1s1ms', 3_661_001],
    ['0s', 0],
  ])('%s is %i milliseconds', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
  });

  it.each([
    '',
    '10',
    's',
    '-1s',
    '+1s',
    '1 h',
    '1d',
    '1e3s',
    '1.s',
    '.5h',
    '١s',
    '10m ',
    '10m\n',
    'Infinitys',
  ])('%j is none', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  it('is none where it is no text or no number can hold it', () => {
    for (const value of [10, null, undefined, {}, ['10m'], `${'9'.repeat(400)}h`])
      expect(parseDuration(value)).toBeUndefined();
  });

  it('never throws, and is never negative', { timeout: 30_000 }, () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.stringMatching(/^[0-9.hms]{0,12}$/)), (value) => {
        expect(parseDuration(value) ?? 0).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it.each([
    [0, '0 ms'],
    [999, '999 ms'],
    [1_000, '1 s'],
    [59_999, '1 min'],
    [61_000, '1 min 1 s'],
    [600_000, '10 min'],
    [3_600_000, '1 h'],
    [3_900_000, '1 h 5 min'],
  ])('of %i milliseconds is said as %s', (milliseconds, said) => {
    expect(sayDuration(milliseconds)).toBe(said);
  });
});

describe('outputs on their way to the engine', () => {
  it('lose what it cannot take, at any depth', () => {
    const at = new Date('2026-01-02T03:04:05.678Z');
    const given = {
      gone: undefined,
      call: () => 1,
      mark: Symbol('x'),
      big: 90_000_000_000_000_000n,
      at,
      nested: { gone: undefined, list: [undefined, () => 1, 2n, { gone: undefined, at }] },
      bare: Object.assign(Object.create(null), { x: 1 }),
      not: Number.NaN,
    };
    expect(plainOutputs(given)).toStrictEqual({
      big: '90000000000000000',
      at: '2026-01-02T03:04:05.678Z',
      nested: { list: [null, null, '2', { at: '2026-01-02T03:04:05.678Z' }] },
      bare: { x: 1 },
      not: null,
    });
  });

  it('are plain JSON whatever was given, and stay as they are the second time', { timeout: 30_000 }, () => {
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withNullPrototype: true,
    });
    fc.assert(
      fc.property(fc.dictionary(fc.string(), anything), (given) => {
        const plain = plainOutputs(given);
        expect(JSON.parse(JSON.stringify(plain))).toStrictEqual(plain);
        expect(plainOutputs(plain)).toStrictEqual(plain);
      }),
    );
  });
});

describe.each(LIFECYCLES.map((lifecycle) => [lifecycle.description.type, lifecycle] as const))(
  'the id of %s',
  (_, lifecycle) => {
    const { args, idFormat } = lifecycle.description;
    const matching = (name: string) => fc.stringMatching(args[name]?.matches ?? /^x$/);
    const names = Object.keys(args).filter((name) => idFormat.includes(`{${name}}`));
    const inputs = fc.record(Object.fromEntries(names.map((name) => [name, matching(name)])));

    it('gives back the inputs that it was made of', { timeout: 30_000 }, () => {
      fc.assert(
        fc.property(inputs, (given) => {
          expect(lifecycle.inputsOf(lifecycle.idOf(given))).toEqual(given);
        }),
      );
    });

    it('is the example of its page', () => {
      const { idExample } = lifecycle.description;
      expect(lifecycle.idOf(lifecycle.inputsOf(idExample) ?? {})).toBe(idExample);
    });

    it('names no other resource where a run is told what it may take over', { timeout: 30_000 }, () => {
      fc.assert(
        fc.property(inputs, (given) => {
          const name = adoptedBy(lifecycle.description, lifecycle.idOf(given));
          expect(LIFECYCLES.filter(({ description }) => isAdoptable(description, name))).toEqual([lifecycle]);
        }),
      );
    });

    it('is told from any other text', { timeout: 30_000 }, () => {
      fc.assert(
        fc.property(
          fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[a-z/:-]{0,40}$/)),
          (text) => {
            const found = lifecycle.inputsOf(text);
            if (found !== undefined) expect(lifecycle.idOf(found)).toBe(text);
          },
        ),
      );
    });
  },
);

describe('a text that is no id', () => {
  it.each([
    '',
    '/',
    'cn-shanghai/my-project/my-dataset',
    'cn-shanghai/my-project/my-dataset/my-bucket',
    'cn-shanghai/my-project/my-dataset/oss://my-bucket/',
    'cn-shanghai/my-project/my-dataset/oss://my-bucket/path',
    'cn-shanghai/my-project/my-dataset/oss://My-Bucket',
    'cn-shanghai/1st/my-dataset/oss://my-bucket',
    '/my-project/my-dataset/oss://my-bucket',
    'cn-shanghai//my-dataset/oss://my-bucket',
    ' cn-shanghai/my-project/my-dataset/oss://my-bucket',
    'cn-shanghai/my-project/my-dataset/oss://my-bucket\n',
  ])('%j names no binding', (text) => {
    expect(datasetBinding.inputsOf(text)).toBeUndefined();
  });

  it.each([
    '',
    '/',
    'my-bucket',
    'cn-shanghai/',
    'cn-shanghai/ab',
    'cn-shanghai/oss://my-bucket',
    'cn-shanghai/my-bucket/',
    'cn-shanghai/my-bucket\n',
    'Shanghai/my-bucket',
  ])('%j names no output bucket', (text) => {
    expect(outputBucket.inputsOf(text)).toBeUndefined();
  });
});

describe('ALICLOUD_MEDIA_ADOPT', () => {
  const BINDING = datasetBinding.description.idExample;
  const BUCKET = outputBucket.description.idExample;
  const isId = (text: string) => LIFECYCLES.some(({ inputsOf }) => inputsOf(text) !== undefined);
  const read = (value?: string) => [
    ...adoptable(value === undefined ? {} : { ALICLOUD_MEDIA_ADOPT: value }, isId),
  ];
  const file = (content: string) => {
    const path = join(mkdtempSync(join(tmpdir(), 'adopt-')), 'ids');
    writeFileSync(path, content);
    return `@${path}`;
  };

  it('absent or empty lets nothing be taken over', () => {
    for (const value of [undefined, '', '  ', ',', '\n']) expect(read(value)).toEqual([]);
  });

  it('is a list of ids, on one line or in a file', () => {
    expect(read(BINDING)).toEqual([BINDING]);
    expect(read(` ${BINDING} , ${BUCKET},`)).toEqual([BINDING, BUCKET]);
    expect(read(file(`${BINDING}\n\n${BUCKET}\n`))).toEqual([BINDING, BUCKET]);
    expect(read(file(`\ufeff${BINDING}\r\n${BUCKET}\r\n`))).toEqual([BINDING, BUCKET]);
    expect(read(file(''))).toEqual([]);
  });

  it.each(['all', '*', 'true', 'cn-shanghai/*', `${BINDING}/*`, `${BUCKET};${BINDING}`])(
    'refuses %j: there is no way to say all',
    (value) => {
      expect(() => read(value)).toThrow(
        `ALICLOUD_MEDIA_ADOPT: ${JSON.stringify(value)} is no id of a resource.`,
      );
    },
  );

  it('says every text that is no id, at once', () => {
    expect(() => read(`all,${BUCKET},none`)).toThrow(/"all".*\n.*"none"/);
  });

  it('says which file cannot be read', () => {
    expect(() => read('@/no/such/file')).toThrow('the file "/no/such/file" cannot be read (ENOENT)');
    expect(() => read('@')).toThrow('cannot be read');
  });
});
