import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { describe, expect, it, vi } from 'vitest';
import { codeSpan } from '../../../cli/review/code-span.js';
import { MARKER, MOST_CHARACTERS } from '../../../cli/review/markdown.js';
import type { Properties } from '../../../provider/lifecycle/lifecycle.js';
import { BINDING, BUCKET } from '../../support/links/links.js';
import { preview, step } from './previews.js';
import { runReview } from './run-review.js';

// Some hundred documents are made and parsed, also where other tests keep the machine busy.
vi.setConfig({ testTimeout: 60_000 });

// With tables, HTML, and links of bare addresses, as GitHub reads a comment.
const parser = new MarkdownIt({ html: true, linkify: true });

interface Part {
  readonly type: string;
  readonly content: string;
}

/** All of a document in its order, the parts of a line one by one. */
function partsOf(markdown: string): readonly Part[] {
  return parser
    .parse(markdown, {})
    .flatMap(({ type, content, children }): readonly Part[] =>
      children === null
        ? [{ type, content }]
        : children.map((part) => ({ type: part.type, content: part.content })),
    );
}

/** The document with nothing of what stands in code. */
function skeletonOf(markdown: string): readonly Part[] {
  return partsOf(markdown).map((part) => (part.type === 'code_inline' ? { ...part, content: '' } : part));
}

const PIECES = [
  ...[
    '`',
    '``',
    '```',
    '~~~',
    '|',
    '\\',
    '\\|',
    '*',
    '_',
    '[',
    ']',
    '(',
    ')',
    '<',
    '>',
    '!',
    '$',
    ':',
    ' ',
    '  ',
  ],
  ...[
    '\n',
    '\r\n',
    '\t',
    '\0',
    '\u001b[2J',
    '\u0085',
    '\u2028',
    '\u202e',
    '\u2066',
    '\u200b',
    '\ufeff',
    '\u00a0',
  ],
  ...[
    '\ud800',
    '\udc00',
    '\u{e0041}',
    '🙂',
    'ö',
    '- ',
    '# ',
    '\n\n# ',
    '> ',
    '\n---\n',
    '|-|-|',
    '&lt;',
    '&#64;',
  ],
  ...['@octocat', '#123', 'GH-1', 'a/b#1', 'https://evil.example', 'www.evil.example', 'me@evil.example'],
  ...[
    '<!-- ',
    ' -->',
    MARKER,
    '<img src=x onerror=alert(1)>',
    '<details>',
    '![x](https://evil.example/x.png)',
  ],
  ...['[x](https://evil.example)', '[x]: https://evil.example', '<https://evil.example>', '__proto__'],
];

const anyText = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 8 }).map((pieces) => pieces.join('')),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }),
);

interface Names {
  readonly name: string;
  readonly id: string;
  readonly account: string;
  readonly region: string;
  readonly holder: string;
  readonly reason: string;
  readonly op: string;
  readonly stack: string;
}

const anyNames: fc.Arbitrary<Names> = fc.record({
  name: anyText,
  id: anyText,
  account: anyText,
  region: anyText,
  holder: anyText,
  reason: anyText,
  op: anyText,
  stack: anyText,
});

const HARMLESS: Names = {
  name: 'name',
  id: 'id',
  account: 'account',
  region: 'region',
  holder: 'holder',
  reason: 'reason',
  op: 'op',
  stack: 'stack',
};

/** A preview that shows each of the names wherever a report shows one. */
function previewOf({ name, id, account, region, holder, reason, op, stack }: Names): string {
  const urn = `urn:pulumi:test::media::a:b:C::${holder}`;
  const state = {
    id,
    inputs: { description: reason },
    outputs: { accountId: account, region },
    deletedWith: urn,
    retainOnDelete: true,
    protect: true,
  };
  const news = { bucket: name, region };
  const taken = { ...BUCKET, id: `${region}/${name}` };
  const steps: readonly Properties[] = [
    { op: `=${op}`, urn: `urn:pulumi:${stack}::media::a:b:C::x` },
    step('delete', BINDING, { name: `${name}-old`, state }),
    step('delete', taken, { name: `${name}-renamed`, state: { ...state, id: `${region}/${name}` } }),
    step('create', BUCKET, { name: `${name}-new`, news }),
    step('replace', BINDING, { name, state, news, reasons: [reason] }),
  ];
  return preview(steps);
}

describe('names of any kind', () => {
  it('change nothing of the document but what stands in code: no link, image, tag, mention, line or table is theirs', async () => {
    const plain = (await runReview(previewOf(HARMLESS))).out;
    const skeleton = skeletonOf(plain);
    const html = skeleton.filter(({ type }) => /html/.test(type));
    expect(html).toEqual([{ type: 'html_block', content: `${MARKER}\n` }]);
    expect(skeleton.filter(({ type }) => /link|image|table/.test(type))).toEqual([]);
    expect(skeleton.filter(({ content }) => /@|#\d|:\/\//.test(content))).toEqual([]);
    expect(skeleton.filter(({ type }) => type === 'code_inline').length).toBeGreaterThan(20);
    await fc.assert(
      fc.asyncProperty(anyNames, async (names) => {
        const { out, exit } = await runReview(previewOf(names));
        expect(exit).toBe(1);
        expect(out.startsWith(`${MARKER}\n\n### Media links: 2 to delete, 1 to replace\n`)).toBe(true);
        expect(skeletonOf(out)).toEqual(skeleton);
      }),
      { numRuns: 400 },
    );
  });

  it('move no cursor and turn no line around, neither in Markdown nor in JSON', async () => {
    await fc.assert(
      fc.asyncProperty(anyNames, async (names) => {
        const shown = (await runReview(previewOf(names))).out.replaceAll('\n', '');
        expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/u);
        const { out } = await runReview(previewOf(names), '--json');
        expect(out).toMatch(/^[\n -~]+$/);
        expect(() => JSON.parse(out) as unknown).not.toThrow();
      }),
      { numRuns: 200 },
    );
  });
});

describe('a name in code', () => {
  it('reads as it is, where all of it can be seen', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('`', '\\', '|', 'a', '*', '<', '&'), minLength: 1 }),
        (text) => {
          expect(partsOf(codeSpan(text)).filter(({ type }) => type === 'code_inline')).toEqual([
            { type: 'code_inline', content: text },
          ]);
        },
      ),
    );
  });

  it.each([
    ['a\nb', '`a\\u{a}b`'],
    ['\u202eevil', '`\\u{202e}evil`'],
    ['zero\u200bwidth', '`zero\\u{200b}width`'],
    [' a  b ', '`\\u{20}a\\u{20} b\\u{20}`'],
    ['`', '`` ` ``'],
    ['', '(no name)'],
  ])('shows what cannot be seen: %j', (text, shown) => {
    expect(codeSpan(text)).toBe(shown);
  });

  it('is cut where it is longer than any id, never within a character', () => {
    expect(codeSpan(`${'a'.repeat(399)}🙂🙂`)).toBe(`\`${'a'.repeat(399)}…\``);
    expect(codeSpan('a'.repeat(400))).toBe(`\`${'a'.repeat(400)}\``);
  });
});

describe('a comment', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) =>
      step(index % 2 === 0 ? 'replace' : 'delete', BUCKET, {
        name: `bucket-${String(index).padStart(5, '0')}`,
        state: { id: `cn-shanghai/bucket-${String(index).padStart(5, '0')}` },
      }),
    );

  it('is the same for the same preview, and in whatever order the steps came', async () => {
    const steps = many(40);
    const { out } = await runReview(preview(steps));
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(steps, { minLength: steps.length }), async (shuffled) => {
        expect((await runReview(preview(shuffled))).out).toBe(out);
      }),
      { numRuns: 20 },
    );
  });

  it('fits GitHub however much there is: deletes stay first, the rest is counted, and the summary and the exit code are of all', async () => {
    const { out, exit } = await runReview(preview(many(6000)), '--max-deletes', '5999');
    expect(exit).toBe(1);
    expect(out.length).toBeLessThanOrEqual(MOST_CHARACTERS);
    expect(out.length).toBeGreaterThan(MOST_CHARACTERS - 1000);
    expect(out).toContain('### Media links: 3000 to delete, 3000 to replace\n');
    const shown = out.match(/^- /gm)?.length ?? 0;
    expect(out).toContain(`\n**${6000 - shown} more are left out here:**`);
    expect(out).not.toContain('**To replace**');
  });

  it('fits GitHub also where each name is as long as it can be', async () => {
    const long = '`'.repeat(100_000);
    const names = {
      ...HARMLESS,
      name: long,
      id: long,
      account: long,
      holder: long,
      reason: long,
      op: long,
      stack: long,
    };
    const allowed = Array.from({ length: 40 }, (_, index) => ({
      op: `${index}${long}`,
      urn: 'urn:pulumi:a::b::c::d',
    }));
    const { out } = await runReview(
      previewOf(names).replace('"steps":[', `"steps":[${JSON.stringify(allowed).slice(1, -1)},`),
    );
    expect(out.length).toBeLessThanOrEqual(MOST_CHARACTERS);
    expect(out).toContain('### Media links: 2 to delete, 1 to replace\n');
  });

  it('takes a preview of several megabytes', async () => {
    const steps = many(10_000);
    const text = preview(steps);
    expect(text.length).toBeGreaterThan(5e6);
    expect((await runReview(text)).exit).toBe(1);
  });
});
