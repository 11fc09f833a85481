import type { ResourceDescription } from '../../provider/lifecycle/description.js';
import { PUBLICATION } from '../publication.js';
import type { Everything, Found } from './found.js';
import { typesOf } from './functions.js';

const MADE_BY = 'by `npm run generate`. Do not edit.';

/** The list of the lifecycles, for the hosts. */
export function lifecyclesOf({ resources }: Pick<Everything, 'resources'>): string {
  return listOf(
    resources,
    'lifecycle.js',
    '/** Every resource of this package. */',
    'LIFECYCLES',
    'Lifecycle',
  );
}

/** The list of the functions, for the hosts. */
export function functionsOf({ functions }: Everything): string {
  const comment = '/** Every function of this package. */';
  return listOf(functions, 'define-function.js', comment, 'FUNCTIONS', 'MediaFunction');
}

function listOf(
  found: readonly Pick<Found<unknown>, 'file' | 'name'>[],
  ...[module, comment, list, type]: readonly [string, string, string, string]
): string {
  const imports = found.map(({ file, name }) => `import { ${name} } from '../${file}.js';`);
  return `// Generated from the files of provider/imm and provider/mps ${MADE_BY}
${imports.join('\n')}
import type { ${type} } from '../lifecycle/${module}';

${comment}
export const ${list}: readonly ${type}[] = [${found.map(({ name }) => name).join(', ')}];
`;
}

/** The module that the state of a resource names. */
export function entryOf({ file, name }: Found<ResourceDescription>): string {
  return `// Generated from provider/${file}.ts ${MADE_BY}
import { ${name} } from '../../${file}.js';
import { mount } from './mount.js';

// Every state that holds such a resource names this module, so its place and its names stay for ever.
const provider = mount(${name});
export const { configure, check, diff, create, read, update } = provider;
const remove = provider.delete;

export { remove as delete };
`;
}

/** What a program imports of a module. */
export function indexOf(module: string, { resources, functions }: Everything): string {
  const isOwn = ({ description }: Found<{ readonly module: string }>) => description.module === module;
  const classes = resources
    .filter(isOwn)
    .map(({ description: { type, entry } }) => [entry, type, `${type}Args`]);
  const asked = functions
    .filter(isOwn)
    .map(({ description }) => [description.entry, description.name, ...typesOf(description)]);
  const lines = [...classes, ...asked].map(
    ([entry, name, ...types]) =>
      `export { ${[name, ...types.map((type) => `type ${type}`)].join(', ')} } from './${entry}.js';`,
  );
  return `// Generated from the files of provider/${module} ${MADE_BY}\n${lines.join('\n')}\n`;
}

interface Manifest {
  readonly exports: Readonly<Record<string, unknown>>;
  readonly typesVersions: { readonly '*': Readonly<Record<string, readonly string[]>> };
}

/** `package.json` with the entries that states name. One that stands there is never left out. */
export function manifestOf(before: string, { resources }: Pick<Everything, 'resources'>): string {
  const manifest = JSON.parse(before) as Manifest;
  const entries = resources.map(({ description }) => description.entry).sort();
  const lost = Object.keys(manifest.exports).filter(
    (name) => isEntry(manifest.exports[name]) && !entries.includes(name.slice(2)),
  );
  if (lost.length > 0) {
    throw new Error(
      `package.json has the entry ${lost.join(', ')}, which no resource has any more. States of users name it: it stays.`,
    );
  }
  const { '.': main, ...others } = manifest.exports;
  const rest = Object.entries(others).filter(([, target]) => !isEntry(target));
  const types = Object.entries(manifest.typesVersions['*']).filter(([, [path]]) => !isBelow(path));
  const changed = {
    ...manifest,
    homepage: `${PUBLICATION.repository}#readme`,
    bugs: `${PUBLICATION.repository}/issues`,
    repository: { type: 'git', url: `git+${PUBLICATION.repository}.git` },
    exports: {
      '.': main,
      ...Object.fromEntries(
        entries.map((entry) => [
          `./${entry}`,
          { types: `${FOLDER}${entry}.d.ts`, default: `${FOLDER}${entry}.js` },
        ]),
      ),
      ...Object.fromEntries(rest),
    },
    typesVersions: {
      '*': {
        ...Object.fromEntries(entries.map((entry) => [entry, [`${FOLDER}${entry}.d.ts`]])),
        ...Object.fromEntries(types),
      },
    },
  };
  return `${JSON.stringify(changed, undefined, 2)}\n`;
}

const FOLDER = './dist/provider/hosts/dynamic/';

function isBelow(path: unknown): boolean {
  return typeof path === 'string' && path.startsWith(FOLDER);
}

function isEntry(target: unknown): boolean {
  return typeof target === 'object' && target !== null && 'default' in target && isBelow(target.default);
}
