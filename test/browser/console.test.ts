import { readFileSync } from 'node:fs';
import RPCClient from '@alicloud/pop-core';
import type { AxeResults } from 'axe-core';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/index.js';
import { TEST_KEY } from '../../emulator/test-key.js';
import { type Opened, openedBrowser } from './browser.js';
import { WatchedPage } from './watched-page.js';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
/** Milliseconds: a call is asked for each half second. */
const SOON = { timeout: 20_000 };

let opened: Opened;
let emulator: Emulator;
let context: BrowserContext;
let watched: WatchedPage;
let page: Page;

beforeAll(async () => {
  opened = await openedBrowser();
});
afterAll(async () => {
  if (opened !== undefined && 'browser' in opened) await opened.browser.close();
});

beforeEach(async (test) => {
  if ('why' in opened) return test.skip(opened.why);
  emulator = await startEmulator({ keys: [TEST_KEY] });
  context = await opened.browser.context({ viewport: { width: 1200, height: 900 } });
  context.setDefaultTimeout(SOON.timeout);
  await open();
});
afterEach(async () => {
  await context?.close();
  await emulator?.close();
});

async function open(): Promise<void> {
  page = await context.newPage();
  watched = new WatchedPage(page);
  await page.goto(`${emulator.url}/_emulator/console`);
  await page
    .getByRole('status')
    .filter({ hasText: /^Live$/ })
    .waitFor();
}

const client = (apiVersion: string) => new RPCClient({ endpoint: emulator.url, apiVersion, ...TEST_KEY });
const bind = (bucket: string) =>
  client('2014-06-18').request('BindOutputBucket', { Bucket: bucket }, { method: 'POST' });
const listing = () => client('2014-06-18').request('ListAllMediaBucket', {}, { method: 'POST' });
const getProject = (name: string) =>
  client('2020-09-30').request('GetProject', { ProjectName: name }, { method: 'POST' });

const table = (name: string | RegExp) => page.getByRole('table', { name });
const journal = () => table('Journal, the newest call first');
const rules = () => table('Fault rules');
const choice = (name: string) => page.getByRole('combobox', { name, exact: true });
const filter = (name: string) =>
  page.getByRole('form', { name: 'Choose the calls' }).getByRole('combobox', { name, exact: true });
/** The texts of a table, row by row. */
const rowsOf = (of: Locator) =>
  of.locator('tbody tr').evaluateAll((rows) => rows.map((row) => row.textContent));
const actions = () => journal().getByRole('rowheader').allTextContents();
const bars = (look = '') => page.locator(`#timeline .bar${look}`).count();

function expectQuiet(): void {
  expect(watched.requestsBeside(emulator.url)).toEqual([]);
  expect(watched.complaints).toEqual([]);
}

/** A binding that fails, an attachment, buckets of both kinds, and rules. */
async function fill(): Promise<void> {
  emulator.createProject('media');
  emulator.createDataset('media', 'videos');
  const binding = { project: 'media', dataset: 'videos', bucket: 'uploads' };
  emulator.createBinding(binding);
  emulator.failBinding(binding, 'start oss tunnel failed');
  emulator.attachBucket('media', 'attached');
  emulator.bindInputBucket('in');
  emulator.bindOutputBucket('out');
  emulator.addFault({ kind: 'throttled', action: 'GetProject', times: 'always' });
  await bind('renditions');
  await getProject('media').catch(() => undefined);
}

describe('the console', () => {
  it('shows all that exists, and that it goes', async () => {
    await fill();
    await expect.poll(() => rowsOf(table(/^Projects/)), SOON).toEqual([expect.stringContaining('media')]);
    expect(await rowsOf(table(/^Datasets/))).toEqual([expect.stringMatching(/^mediavideoscn-shanghai/)]);
    expect(await rowsOf(table(/^Bindings/))).toEqual([
      expect.stringMatching(/^mediavideosuploadsFailed: start oss tunnel failed/),
    ]);
    expect(await rowsOf(table(/^Attachments/))).toEqual([expect.stringMatching(/^mediaattached/)]);
    await expect.poll(() => table('Media buckets (3)').count(), SOON).toBe(1);
    expect((await rowsOf(table(/^Media buckets/))).join()).toMatch(/inInput.*outOutput.*renditionsOutput/);
    emulator.detachBucket('attached');
    await expect.poll(() => rowsOf(table('Attachments (0)')), SOON).toEqual(['none']);
    expectQuiet();
  });

  it('shows a call of a client in the journal and in the timeline, soon after it came', async () => {
    await bind('renditions');
    await getProject('missing').catch(() => undefined);
    await expect.poll(actions, SOON).toEqual(['GetProject', 'BindOutputBucket']);
    const [read, write] = emulator.journal().toReversed();
    const [first, second] = await rowsOf(journal());
    expect(first).toContain(`ResourceNotFound`);
    expect(first).toContain(read?.requestId);
    expect(second).toContain('cn-shanghai/renditions200');
    expect(second).toContain(write?.requestId);
    const timeline = page.getByRole('img', { name: /^Timeline: 2 calls of BindOutputBucket, GetProject\./ });
    expect(await timeline.count()).toBe(1);
    expect([await bars('.write'), await bars('.error')]).toEqual([1, 1]);
    expectQuiet();
  });

  it('shows the calls of one action, of one result, and those from now on alone', async () => {
    await fill();
    await listing();
    await expect.poll(actions, SOON).toEqual(['ListAllMediaBucket', 'GetProject', 'BindOutputBucket']);
    await filter('Result').selectOption('struck by a fault');
    expect(await actions()).toEqual(['GetProject']);
    expect(await bars()).toBe(1);
    await filter('Result').selectOption('success');
    expect(await actions()).toEqual(['ListAllMediaBucket', 'BindOutputBucket']);
    await filter('Action').selectOption('BindOutputBucket');
    expect(await actions()).toEqual(['BindOutputBucket']);
    await filter('Action').selectOption('every action');
    await filter('Result').selectOption('Throttling.User');
    expect(await actions()).toEqual(['GetProject']);
    await filter('Result').selectOption('every result');
    await page.getByRole('button', { name: 'Only from now on' }).click();
    expect(await rowsOf(journal())).toEqual(['none']);
    await listing();
    await expect.poll(actions, SOON).toEqual(['ListAllMediaBucket']);
  });

  it('says that the emulator has gone, and goes on with the next one on its port', async () => {
    await bind('renditions');
    await expect.poll(actions, SOON).toEqual(['BindOutputBucket']);
    const port = Number(new URL(emulator.url).port);
    await emulator.close();
    await page.getByText('The emulator has gone.').waitFor();
    emulator = await startEmulator({ port, keys: [TEST_KEY] });
    await page
      .getByRole('status')
      .filter({ hasText: /^Live$/ })
      .waitFor();
    await expect.poll(() => rowsOf(journal()), SOON).toEqual(['none']);
    await listing();
    await expect.poll(actions, SOON).toEqual(['ListAllMediaBucket']);
  });

  it('takes no name for markup, and runs nothing of it', async () => {
    const hostile = '<img src=x onerror=alert(1)>';
    emulator.createProject(hostile);
    emulator.bindOutputBucket(hostile);
    emulator.addFault({ kind: 'throttled', action: hostile, linkContains: hostile });
    await client('2020-09-30')
      .request(hostile, { ProjectName: hostile })
      .catch(() => undefined);
    await expect.poll(actions, SOON).toEqual([hostile]);
    for (const of of [table(/^Projects/), table(/^Media buckets/), rules(), journal()]) {
      expect((await rowsOf(of)).join()).toContain(hostile);
    }
    expect(await filter('Action').textContent()).toContain(hostile);
    expect(await page.locator('img, iframe, object, embed').count()).toBe(0);
    expectQuiet();
    // And if it did: the policy of the page has the browser refuse it.
    await expect(page.evaluate("document.body.innerHTML = '<b>bold</b>'")).rejects.toThrow('TrustedHTML');
    expect(watched.complaints).not.toEqual([]);
  });
});

describe('with the keyboard alone', () => {
  /** Goes on with Tab to what is called so, as somebody without a mouse does. */
  async function tabTo(role: string, name: string): Promise<void> {
    const focused = page.locator(':focus');
    for (let steps = 0; steps < 80; steps += 1) {
      await page.keyboard.press('Tab');
      const snapshot = await focused.ariaSnapshot().catch(() => '');
      if (snapshot.startsWith(`- ${role} "${name}"`)) return;
    }
    throw new Error(`Tab does not lead to the ${role} ${name}`);
  }

  it('a rule is added, strikes, is listed, and is removed', async () => {
    await tabTo('combobox', 'Kind');
    await page.keyboard.type('unavailable');
    await tabTo('combobox', 'Action');
    await page.keyboard.type('ListAllM');
    await tabTo('spinbutton', 'Skip first');
    await page.keyboard.press('ArrowUp');
    await tabTo('button', 'Add the rule');
    await page.keyboard.press('Enter');
    await expect.poll(() => rowsOf(rules()), SOON).toHaveLength(1);
    await expect
      .poll(() => emulator.faults(), SOON)
      .toMatchObject([
        { fault: { kind: 'unavailable-503', action: 'ListAllMediaBucket', times: 1, skip: 1 } },
      ]);
    await expect.poll(() => page.locator('[aria-live]').textContent(), SOON).toContain('Rule 1 is added');
    await listing();
    await expect(listing()).rejects.toMatchObject({ code: 'ServiceUnavailable' });
    await expect
      .poll(() => rowsOf(rules()), SOON)
      .toEqual([expect.stringMatching(/^1unavailable-503ListAllMediaBucket1121Remove/)]);
    await tabTo('button', 'Remove rule 1');
    await page.keyboard.press('Enter');
    await expect.poll(() => rowsOf(rules()), SOON).toEqual(['none']);
    expect(emulator.faults()).toEqual([]);
    // The focus is not lost with the button.
    await expect.poll(() => page.locator(':focus').getAttribute('id'), SOON).toBe('fault-kind');
    expectQuiet();
  });

  it('a switch is set, and what is no value of one is refused in words', async () => {
    await tabTo('combobox', 'denialCode');
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => emulator.switches.denialCode, SOON).toBe('Forbidden.RAM');
    await expect
      .poll(() => page.locator('[aria-live]').textContent(), SOON)
      .toContain('denialCode is now Forbidden.RAM');
    await page.getByRole('spinbutton', { name: 'deletedStateMs' }).focus();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('0.5');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'switch deletedStateMs takes a whole number' }).waitFor();
    expect(emulator.switches.deletedStateMs).toBe(500);
  });

  it('another hand at a switch is seen', async () => {
    emulator.set({ throttlingStatus: 503 });
    await expect.poll(() => choice('throttlingStatus').inputValue(), SOON).toBe('503');
  });
});

describe('for everybody', () => {
  it.each([
    ['light', 1200],
    ['dark', 1200],
    ['light', 320],
    ['dark', 320],
  ] as const)('in the %s and %i pixels wide axe-core finds nothing wrong', async (colorScheme, width) => {
    await fill();
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 800 });
    await expect.poll(() => rowsOf(journal()), SOON).toHaveLength(2);
    // Evaluated by the debugger, which the policy of the page does not bind.
    await page.evaluate(AXE);
    const { violations } = await page.evaluate<AxeResults>('axe.run()');
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual(
      [],
    );
    const widths = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
    expect(await page.evaluate(widths)).toBe(0);
  });

  it('shows where the focus is', async () => {
    await page.keyboard.press('Tab');
    const outline = await page.evaluate('getComputedStyle(document.activeElement).outlineStyle');
    expect(outline).toBe('solid');
  });
});
