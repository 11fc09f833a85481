import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CallError } from '../support/dynamic/provider-process.js';
import { LINKS, type Link } from '../support/links/links.js';
import { type Case, casesOf } from './host-cases.js';
import { type HOSTS, TwoHosts } from './two-hosts.js';

let hosts: TwoHosts;
beforeAll(async () => {
  hosts = await TwoHosts.start();
});
afterAll(() => hosts?.stop());

/** The answer of a case and what it sent, without what differs from run to run. */
async function outcomeOf({ given, run }: Case, link: Link, host: (typeof HOSTS)[number]): Promise<unknown> {
  const { emulator } = hosts;
  const hosted = hosts.begin(link)[host];
  given?.(emulator);
  const answer = await Promise.resolve(run(hosted, emulator)).catch((error: unknown) => error);
  // Reads are shared and repeated as time has it; what changes something is not.
  const sent = emulator
    .journal()
    .filter(({ action }) => [link.makes, link.removes].includes(action))
    .map(({ action, link: on, code }) => `${action} ${on} ${code}`);
  const left = emulator.links();
  return JSON.parse(
    JSON.stringify({ answer, sent, left }, plainError)
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+(Z|\+08:00)/g, 'TIME')
      .replaceAll(/RequestId [-0-9A-F]{36}/g, 'RequestId ID')
      .replaceAll(/"claim":"[\w-]+"/g, '"claim":"DRAWN"')
      // Where something differs the dynamic host leaves it to the engine to say what.
      .replaceAll('"changes":"unknown"', '"changes":"some"')
      .replaceAll(/"__provider":"[^}]*?\)",?/g, ''),
  );
}

function plainError(_: string, value: unknown): unknown {
  if (!(value instanceof CallError)) return value instanceof Error ? { error: value.stack } : value;
  const { __provider: __, ...properties } = value.kept?.properties ?? {};
  return { message: value.message, kept: value.kept && { ...value.kept, properties } };
}

describe.each(LINKS)('$title: both hosts answer alike, and change the same', (link) => {
  it.each(casesOf(link).map((one) => ({ name: one.name, one })))('$name', async ({ one }) => {
    const expected = await outcomeOf(one, link, 'dynamic host');
    expect(await outcomeOf(one, link, 'plugin')).toEqual(expected);
    // An outcome of nothing but failures of the test itself would be alike as well.
    expect(JSON.stringify(expected)).not.toContain('"error":');
  });
});
