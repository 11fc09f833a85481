import type { Calls, ResourceDescription } from '../../provider/lifecycle/description.js';
import { MARK } from './mark.js';
import type { Name } from './name.js';

/** A link that hangs between two things, or an object that is made, shown, updated and deleted by its names. */
export type Kind = 'link' | 'object';

/** What the two modules differ in: what a new resource hangs on, and what RAM is asked about. */
interface Place {
  readonly service: ResourceDescription['service'];
  /** The arguments in front of its own name, with their text. */
  readonly names: Readonly<Record<string, string>>;
  readonly example: string;
  readonly parents: string | undefined;
  readonly ram: string;
}

const PLACES: Readonly<Record<Name['module'], Place>> = {
  imm: {
    service: 'imm',
    names: { projectName: 'PROJECT_NAME' },
    example: 'my-project/',
    parents: '{ project: PROJECT }',
    ram: 'resource: PROJECT_ARN',
  },
  mps: { service: 'mts', names: {}, example: '', parents: undefined, ram: "resource: '*'" },
};

export const placeOf = ({ module }: Name): Place => PLACES[module];

/** The argument that names it, where its place does not, and the parameter of requests that holds it. */
export function ownName({ camel, type }: Name, kind: Kind): { readonly arg: string; readonly wire: string } {
  return kind === 'link' ? { arg: 'bucket', wire: 'Bucket' } : { arg: `${camel}Name`, wire: `${type}Name` };
}

/** Its actions as most of the services' are called. */
export function callsOf({ module, type }: Name, kind: Kind): Calls {
  const reads = [`Get${type}`, `List${type}s`];
  if (kind === 'object')
    return { make: `Create${type}`, update: `Update${type}`, remove: `Delete${type}`, reads };
  return module === 'imm'
    ? { make: `Attach${type}`, remove: `Detach${type}`, reads }
    : { make: `Bind${type}`, remove: `Unbind${type}`, reads };
}

const text = (value: unknown) => JSON.stringify(value);
const todo = (what: string) => text(`${MARK}: ${what}`);

/**
 * The text of each field of a description, in the order in which all of them have it; undefined is left out. A field that
 * the type gets has to be decided on here before anything compiles.
 */
const FIELDS: {
  readonly [Field in keyof Required<ResourceDescription>]: (name: Name, kind: Kind) => string | undefined;
} = {
  module: ({ module }) => text(module),
  type: ({ type }) => text(type),
  service: (name) => text(placeOf(name).service),
  entry: ({ entry }) => text(entry),
  summary: () => todo('what it is, in a sentence, and what happens to what it holds when it goes'),
  calls: (name, kind) => text(callsOf(name, kind)),
  stops: () => todo('what is over once it is deleted, as a sentence'),
  replacement: () => todo('what a replacement means, after "is to be replaced:"'),
  idFormat: (name, kind) =>
    text(
      `{region}/${Object.keys(placeOf(name).names).map((arg) => `{${arg}}/`)}${name.entry}:{${ownName(name, kind).arg}}`,
    ),
  idExample: (name, kind) =>
    text(
      `cn-shanghai/${placeOf(name).example}${name.entry}:${kind === 'link' ? 'my-bucket' : `my-${name.entry}`}`,
    ),
  // Its own word in its ids tells them from those of every other resource.
  adoptedByTitle: () => undefined,
  parents: (name) => placeOf(name).parents,
  args: (name, kind) => record(argsOf(name, kind)),
  outputs: ({ words }) => record({ accountId: `accountIdOf('${words}')`, createTime: timeOutput() }),
  ramActions: (name, kind) => `[${ramOf(name, kind).join(',\n')}]`,
};

/** What a person decides on in a field that is there already. */
const NOTES: Partial<Readonly<Record<keyof ResourceDescription, string>>> = {
  calls: 'its actions, as their API pages call them',
  idFormat: 'what names one, after a word that no other id has in that place; it never changes',
  ramActions: 'what the API pages say of each action; test/faults/policy.test.ts holds it',
};

export function descriptionText(name: Name, kind: Kind): string {
  const fields = Object.entries(FIELDS).flatMap(([field, make]) => {
    const made = make(name, kind);
    if (made === undefined) return [];
    const what = NOTES[field as keyof ResourceDescription];
    const given = `${field}: ${made},\n`;
    return [what === undefined ? given : `// ${MARK}: ${what}\n${given}`];
  });
  return `export const description = {\n${fields.join('')}} as const satisfies ResourceDescription;`;
}

function argsOf(name: Name, kind: Kind): Readonly<Record<string, string>> {
  const { arg, wire } = ownName(name, kind);
  return {
    ...placeOf(name).names,
    [arg]:
      kind === 'link' ? `{ ...BUCKET, description: ${todo('which bucket it is')} }` : objectName(name, wire),
    region: `{ ...REGION, description: 'The region of the ${name.words}.' }`,
    ...(kind === 'object' && { description: UPDATED }),
    adopt: `adoptOf('${name.words}')`,
  };
}

const objectName = ({ words, entry }: Name, wire: string) => `{
  type: 'string',
  required: true,
  replaces: true,
  wire: '${wire}',
  // ${MARK}: the rule of its name, and where that is said
  matches: /^[A-Za-z_][A-Za-z0-9_-]{0,127}$/,
  rule: '1 to 128 letters, digits, "-" or "_", beginning with a letter or "_"',
  description: 'The name of the ${words}.',
  example: 'my-${entry}',
}`;

const UPDATED = `{
  // ${MARK}: each argument that is updated, and what is sent once no program says it
  type: 'string',
  updates: true,
  wire: 'Description',
  reset: '',
  prose: true,
  matches: /^(?!\\s*$)[^\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]{1,256}$/u,
  rule: '1 to 256 characters that can be seen, on one line',
  description: 'What it is for, for people.',
  example: 'Of the shop',
}`;

/** Each call in the steps that most resources need it in. */
function ramOf(name: Name, kind: Kind): readonly string[] {
  const { make, update, remove, reads } = callsOf(name, kind);
  const { service, ram } = placeOf(name);
  const [get, list] = reads;
  const looks = ['create', 'read', ...(update === undefined ? [] : ['update']), 'delete'];
  const used = [
    [make, ['create']],
    ...(update === undefined ? [] : [[update, ['update']] as const]),
    [get, looks],
    [remove, ['delete']],
    [list, ['audit']],
  ] as const;
  const source = ram.includes("'*'") ? `, source: ${todo('where it is said that it has no part')}` : '';
  return used.map(
    ([call, steps]) => `{ action: '${service}:${call}', steps: ${text(steps)}, ${ram}${source} }`,
  );
}

const timeOutput = () => "{ type: 'string', description: 'When the service made it, RFC 3339.' }";

function record(fields: Readonly<Record<string, string>>): string {
  return `{\n${Object.entries(fields)
    .map(([field, made]) => `${field}: ${made},\n`)
    .join('')}}`;
}
