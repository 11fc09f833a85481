import type { Kind } from './description-text.js';
import { MARK } from './mark.js';
import { filesOf, type Name } from './name.js';

/** Its test, which fails until all is filled in and the one table has it. */
export function testFile(name: Name, kind: Kind): string {
  const { provider, test } = filesOf(name);
  const title = `${name.module}.${name.type}`;
  const updated = `
  it('is changed in place, and the preview after it is empty', async () => {
    const hosted = hosts.begin(linkOf('${title}'))[host];
    const { inputs } = linkOf('${title}');
    const { id, outputs } = await hosted.create(inputs);
    const news = { ...inputs, description: 'Of another shop' };
    const updated = await hosted.update(id, outputs, news);
    expect(updated).toMatchObject(news);
    expect(await hosted.diff(id, (await hosted.read(id, updated)).outputs, news)).toMatchObject(NOTHING);
  });
`;
  return `import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mutatingCalls } from '../lifecycle/calls.js';
import { linkOf } from '../support/links/links.js';
import { HOSTS, TwoHosts } from './two-hosts.js';

const ROOT = resolve(__dirname, '../..');
const NOTHING = { changes: 'none' };

let hosts: TwoHosts;
beforeAll(async () => {
  hosts = await TwoHosts.start();
});
afterAll(() => hosts?.stop());

it.each(['${provider}', '${test}', 'docs/reference/${name.entry}.md'])('%s has nothing left to fill in', (file) => {
  expect(readFileSync(join(ROOT, file), 'utf8').match(/TODO\\(new-resource\\).*/g)).toBeNull();
});

describe.each(HOSTS)('${title}, served by the %s,', (host) => {
  it('is made, previewed empty and removed, by one call each', async () => {
    const link = linkOf('${title}');
    const hosted = hosts.begin(link)[host];
    const { inputs, failures } = await hosted.check(link.inputs);
    expect(failures).toEqual({});
    const { id, outputs } = await hosted.create(inputs);
    expect(id).toBe(link.id);
    expect(hosts.emulator.links()).toContain(id);
    const read = await hosted.read(id, outputs);
    expect(read.inputs).toEqual(inputs);
    expect(await hosted.diff(id, read.outputs, inputs)).toMatchObject(NOTHING);
    await hosted.delete(id, read.outputs);
    expect(hosts.emulator.links()).not.toContain(id);
    expect(mutatingCalls(hosts.emulator)).toEqual([\`\${link.makes} \${id}\`, \`\${link.removes} \${id}\`]);
  });
${kind === 'object' ? updated : ''}
  // ${MARK}: what this one promises besides what all do; see family.test.ts for such promises.
});
`;
}
