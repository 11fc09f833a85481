import { providerText } from '../../provider/lifecycle/description.js';
import { filesOf, type Name } from './name.js';

/**
 * What nothing can be derived from, in the order in which it is done: a file or a command, and what it is for. The row of a
 * new resource in AGENTS.md names all of them.
 */
export function nextSteps(name: Name): readonly (readonly [where: string, what: string])[] {
  const { module, type, entry } = name;
  const title = `${module}.${type}`;
  const published = JSON.stringify({ [title]: providerText({ entry }) }).slice(1, -1);
  return [
    [
      'npm run generate',
      'writes the classes, the page, the schema, the SDKs and the entries of package.json',
    ],
    [
      `emulator/${module === 'imm' ? 'imm' : 'mts'}/handlers.ts`,
      'its calls, where the emulator has none of them',
    ],
    ['test/support/links/one-link.ts', 'its inputs, and how others make and remove it, in the emulator'],
    [
      'test/support/links/links.ts',
      'its row in LINKS: faults, ownership, kills, hosts and answers test it by that',
    ],
    ['test/package/published-entries.json', `the row ${published}`],
    ['test/package/versions.ts', 'the version whose states hold it'],
    ['test/unit/lifecycle/diff.test.ts', `the arguments that replace it, in REPLACING: ${type}`],
    ['test/model/cloud.ts', 'its id, from the record of the emulator'],
    ['cli/doctor/calls.ts', 'what its reading calls need besides names, in OWN'],
    ['README.md', `the row | [${title}](docs/reference/${entry}.md) | … | … |`],
    ['docs/index.md', `the link [${title}](reference/${entry}.md)`],
    ['CHANGELOG.md', 'a line under Added, and its RAM actions under Permissions'],
    ['npm run api', 'writes the public types'],
    [`npx vitest run --project contract ${filesOf(name).test}`, 'has to pass; then npm test'],
  ];
}
