import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readConfiguration } from '../../../provider/alicloud/configuration/configuration.js';
import { regionProblem } from '../../../provider/alicloud/sending/endpoint.js';
import { LIFECYCLES } from '../../../provider/hosts/lifecycles.js';
import { datasetBinding } from '../../../provider/imm/dataset-binding/dataset-binding.js';
import type { ArgDescription } from '../../../provider/lifecycle/description.js';
import type { CheckContext, Lifecycle, Properties } from '../../../provider/lifecycle/lifecycle.js';
import { UNKNOWN } from '../../../provider/lifecycle/unknown.js';
import { outputBucket } from '../../../provider/mps/output-bucket.js';
import { exampleInputs as good } from '../../support/links/example-inputs.js';

function contextOf(config: Record<string, string>): CheckContext {
  const configuration = readConfiguration((key) => config[key], {});
  return {
    region: configuration.region?.value,
    adoptable: new Set(),
    regionProblem: (service, region) => regionProblem(service, region, configuration),
  };
}

const CONTEXT = contextOf({ 'alicloud:region': 'cn-shanghai' });
const argsOf = ({ description }: Lifecycle): readonly (readonly [string, ArgDescription])[] =>
  Object.entries(description.args);
const reasons = (lifecycle: Lifecycle, news: Properties, context = CONTEXT) =>
  lifecycle.check(news, context).failures;

/** Control and format characters: nobody sees them, and a terminal may obey them. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u;

/** No text argument takes any of these. */
const NEVER: readonly unknown[] = [
  '',
  ' ',
  'a'.repeat(129),
  `oss://${'a'.repeat(64)}`,
  'my-bucket\n',
  'my\u0000bucket',
  'my\u200bbucket',
  'my\u2066bucket', // turns the direction of writing
  'my\u00adbucket',
  'my\u00a0bucket',
  'mу-bucket', // a Cyrillic у
  'ｍｙ-bucket',
  'my–bucket',
  // A template that was quoted like a plain text.
  '\u0024{bucket}',
  'oss://\u0024{bucket.bucket}',
  'a b',
  '../my-bucket',
  '-my-bucket',
  'my-bucket/',
  '[object Object]',
  'Calling [toString] on an [Output<T>] is not supported.',
  42,
  Number.NaN,
  true,
  {},
  { toString: 'my-bucket' },
  [],
  ['my-bucket'],
  [UNKNOWN],
  { value: UNKNOWN },
  `${UNKNOWN}/suffix`,
];

/** What not even words for people are. */
const NO_PROSE: readonly unknown[] = [
  '',
  ' ',
  'a'.repeat(1_025),
  'two\nlines',
  'a\u200bb',
  42,
  {},
  [],
  [UNKNOWN],
];

/** What one argument refuses beside. */
const MORE: Readonly<Record<string, readonly unknown[]>> = {
  projectName: ['1st', '-project', 'my.project', 'projекt'],
  datasetName: ['2nd', 'a/b', 'my:dataset'],
  uri: [
    'my-bucket',
    's3://my-bucket',
    'https://my-bucket',
    'OSS://my-bucket',
    'oss:/my-bucket',
    'oss://My-Bucket',
    'oss://my_bucket',
    'oss://my-bucket/',
    'oss://my-bucket/path',
    'oss://my-bucket?a=b',
    'oss://-my-bucket',
    'oss://my-bucket-',
    'oss://ab',
    'oss://my-bucket.oss-cn-shanghai.aliyuncs.com',
  ],
  bucket: ['oss://my-bucket', 'My-Bucket', 'my_bucket', 'ab', 'a'.repeat(64), 'my-bucket-', 'my.bucket'],
  region: ['Shanghai', 'CN-SHANGHAI', 'cn_shanghai', 'cn-', 'cn-shanghai-'.repeat(4)],
  adopt: ['true', 'yes', 1, 0, '', {}, [true], [UNKNOWN]],
  skipAwait: ['false', 1, {}],
};

describe.each(LIFECYCLES.map((lifecycle) => [lifecycle.description.type, lifecycle] as const))(
  '%s',
  (_, lifecycle) => {
    const texts = argsOf(lifecycle).filter(([, { type }]) => type === 'string');

    it('takes good arguments as they are and fills in the region', () => {
      const result = lifecycle.check(good(lifecycle), CONTEXT);
      expect(result).toEqual({ inputs: { ...good(lifecycle), region: 'cn-shanghai' }, failures: [] });
    });

    const hostile = argsOf(lifecycle).flatMap(([name, { type, prose }]) =>
      [...(type === 'string' ? (prose ? NO_PROSE : NEVER) : []), ...(MORE[name] ?? [])].map(
        (value) => [name, value] as const,
      ),
    );
    it.each(hostile)('refuses %s %j by name, value and rule', (name, value) => {
      const failures = reasons(lifecycle, { ...good(lifecycle), [name]: value });
      const arg = argsOf(lifecycle).find(([known]) => known === name)?.[1];
      expect(failures.map(({ property }) => property)).toEqual([name]);
      const [{ reason } = { reason: '' }] = failures;
      expect(reason).toContain(`is no ${name}: it must be ${arg?.rule ?? 'true or false'}.`);
      const shown = JSON.stringify(value);
      if (typeof value === 'string' && !UNSEEN.test(value) && shown.length <= 120)
        expect(reason).toContain(shown);
      // Nothing of a value reaches the terminal as it is.
      expect(reason).not.toMatch(UNSEEN);
      expect(reason.length).toBeLessThan(600);
    });

    it.each(texts.filter(([, { required }]) => required).map(([name]) => name))(
      'needs %s, whether it is absent, undefined or null',
      (name) => {
        const { [name]: _gone, ...rest } = good(lifecycle);
        for (const news of [rest, { ...rest, [name]: undefined }, { ...rest, [name]: null }]) {
          const [failure, ...others] = reasons(lifecycle, news);
          expect(others).toEqual([]);
          expect(failure?.property).toBe(name);
          expect(failure?.reason).toContain(`needs ${name}: `);
        }
      },
    );

    it('takes an optional argument that is null for absent', () => {
      const news = { ...good(lifecycle), adopt: null, customTimeouts: null };
      expect(lifecycle.check(news, CONTEXT)).toEqual({
        inputs: { ...good(lifecycle), region: 'cn-shanghai' },
        failures: [],
      });
    });

    it('says all failures at once', () => {
      const wrong = Object.fromEntries(argsOf(lifecycle).map(([name]) => [name, 0.5]));
      const failures = reasons(lifecycle, {
        ...wrong,
        nonsense: 1,
        customTimeouts: { create: 'x', run: '1s' },
      });
      expect(failures.map(({ property }) => property)).toEqual([
        ...Object.keys(wrong),
        'customTimeouts',
        'customTimeouts',
        'nonsense',
      ]);
    });

    it('refuses an argument that it does not have, and names those it has', () => {
      for (const name of ['Uri', 'bucketName', 'toString', 'constructor', '__proto__', 'hasOwnProperty']) {
        const news = { ...good(lifecycle), ...(JSON.parse(`{${JSON.stringify(name)}:1}`) as Properties) };
        Object.defineProperty(news, name, { value: 1, enumerable: true });
        const [failure] = reasons(lifecycle, news);
        expect(failure?.property).toBe(name);
        expect(failure?.reason).toContain(Object.keys(lifecycle.description.args).join(', '));
      }
    });

    it('lets the marker of an unknown value pass in every argument', { timeout: 30_000 }, () => {
      fc.assert(
        fc.property(fc.subarray(argsOf(lifecycle).map(([name]) => name)), (names) => {
          const unknown = Object.fromEntries(names.map((name) => [name, UNKNOWN]));
          const { inputs, failures } = lifecycle.check({ ...good(lifecycle), ...unknown }, CONTEXT);
          expect(failures).toEqual([]);
          expect(inputs).toMatchObject(unknown);
        }),
      );
      const timed = { ...good(lifecycle), customTimeouts: UNKNOWN };
      expect(reasons(lifecycle, timed)).toEqual([]);
      expect(reasons(lifecycle, { ...good(lifecycle), customTimeouts: { delete: UNKNOWN } })).toEqual([]);
    });

    it('never throws, and never passes a text by another rule than its own', { timeout: 30_000 }, () => {
      const names = [...argsOf(lifecycle).map(([name]) => name), 'customTimeouts'];
      const values = fc.oneof(fc.anything(), fc.string({ unit: 'binary' }), fc.constant(UNKNOWN));
      fc.assert(
        fc.property(fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string()), values), (news) => {
          const { inputs, failures } = lifecycle.check(news, CONTEXT);
          for (const [name, { matches }] of texts) {
            const value = inputs[name];
            if (failures.length === 0 && value !== undefined && value !== UNKNOWN)
              expect(value).toMatch(matches ?? /^/);
          }
          for (const { reason } of failures) expect(reason).not.toBe('');
        }),
      );
    });
  },
);

describe('region', () => {
  it('comes from the argument before the configuration', () => {
    const news = { ...good(outputBucket), region: 'cn-beijing' };
    expect(outputBucket.check(news, CONTEXT).inputs.region).toBe('cn-beijing');
  });

  it('is asked for where neither gives one, and is no silent default', () => {
    const { inputs, failures } = outputBucket.check(good(outputBucket), contextOf({}));
    expect(failures).toEqual([
      { property: 'region', reason: expect.stringContaining('pulumi config set alicloud:region') },
    ]);
    expect(inputs).not.toHaveProperty('region');
  });

  it('that the service does not list is refused with the nearest ones, from the configuration too', () => {
    for (const [lifecycle, region, near] of [
      [datasetBinding, 'cn-shangai', 'cn-shanghai'],
      [outputBucket, 'cn-beijin', 'cn-beijing'],
      // IMM is there, MPS is not.
      [outputBucket, 'us-east-1', 'us-west-1'],
    ] as const) {
      for (const [news, context] of [
        [{ ...good(lifecycle), region }, CONTEXT],
        [good(lifecycle), contextOf({ 'alicloud:region': region })],
      ] as const) {
        const [failure] = reasons(lifecycle, news, context);
        expect(failure?.property).toBe('region');
        expect(failure?.reason).toContain(`'${region}'`);
        expect(failure?.reason).toContain(near);
      }
    }
  });

  it('that the service does not list is taken where an endpoint is given for it', () => {
    const context = contextOf({ 'alicloud:endpoints': '{"mts":"mts.example.com"}' });
    expect(reasons(outputBucket, { bucket: 'my-bucket', region: 'us-east-1' }, context)).toEqual([]);
  });
});

describe('customTimeouts', () => {
  const failuresOf = (customTimeouts: unknown) =>
    reasons(outputBucket, { ...good(outputBucket), customTimeouts }).map(({ reason }) => reason);

  it('takes durations of create, update and delete', () => {
    expect(failuresOf({ create: '90s', update: '1h30m', delete: '1.5h' })).toEqual([]);
  });

  it.each([
    [{ delete: '10' }, '"10" is no duration'],
    [{ delete: 600 }, '600 is no duration'],
    [{ delete: '0s' }, '"0s" is no duration'],
    [{ delete: '-1m' }, '"-1m" is no duration'],
    [{ read: '1m' }, '"read" is no operation: use create, update, delete'],
    [{ constructor: '1m' }, '"constructor" is no operation'],
    ['10m', '"10m" is no object of durations'],
    [['10m'], '["10m"] is no object of durations'],
    [[UNKNOWN], 'is no object of durations'],
  ])('refuses %j', (customTimeouts, text) => {
    expect(failuresOf(customTimeouts)).toEqual([expect.stringContaining(text)]);
  });
});
