import { table } from '../markdown-table.js';
import { type Lock, nameAt, runtimePlaces } from '../release/locked.js';

/** A package, with its licence as it says itself. */
export interface Licensed {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
}

/** What npm installs with the package, once for each version. */
export function installedPackages(lock: Lock): readonly Licensed[] {
  const each = runtimePlaces(lock).map((place) => {
    const { version = '', license = '' } = lock[place] ?? {};
    return { name: nameAt(place), version, licence: license };
  });
  return ordered(each);
}

/** What is in the plugin's one file, by the titles in its notices. */
export function bundledPackages(notices: string): readonly Licensed[] {
  const titles = [...notices.matchAll(/^=+\n(\S+) (\S+), (\([^)]*\)|[^,\n]+)/gm)];
  return ordered(titles.map(([, name = '', version = '', licence = '']) => ({ name, version, licence })));
}

function ordered(packages: readonly Licensed[]): readonly Licensed[] {
  const byText = new Map(packages.map((each) => [`${each.name} ${each.version}`, each]));
  return [...byText].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, each]) => each);
}

const tableOf = (packages: readonly Licensed[]) =>
  table([
    ['package', 'version', 'licence'],
    ...packages.map(({ name, version, licence }) => [`\`${name}\``, version, licence]),
  ]);

export function licencesPageOf(lock: Lock, notices: string): string {
  const lines = [
    '# Licences',
    '',
    'Written by `npm run generate`; do not edit. The package itself is under [Apache-2.0](../../LICENSE).',
    '',
    '## Installed with the package',
    '',
    "What npm installs beside Pulumi's own SDK, in the versions that the tests run with. Yours may be newer within the ranges of the packages.",
    '',
    ...tableOf(installedPackages(lock)),
    '',
    "## In the plugin's one file",
    '',
    'Parts of these are in `pulumi-resource-alicloud-media.cjs`. The texts of their licences are beside it, in `THIRD-PARTY.txt`.',
    '',
    ...tableOf(bundledPackages(notices)),
    '',
    'All of them are permissive: they ask for their text with every copy, and for nothing else. A test refuses any other.',
    '',
  ];
  return lines.join('\n');
}
