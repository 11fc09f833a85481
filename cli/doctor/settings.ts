import type { ConfigSource } from '../../provider/alicloud/configuration/configuration.js';
import { KEYS, type KeyDescription } from '../../provider/alicloud/configuration/keys.js';
import { type Row, record } from '../../provider/lifecycle/values.js';
import type { Program } from './program.js';
import { fileName, type Stack } from './stack.js';

/** A key of the configuration, as a file of the program gives it. */
export interface Setting {
  readonly key: string;
  /** Of Pulumi.yaml or Pulumi.<stack>.yaml. */
  readonly file: string;
  /** What stands there to be read; objects as JSON, without what in them is encrypted. */
  readonly clear: string | undefined;
  /** Something of it is encrypted, so that its value is not known here. */
  readonly isEncrypted: boolean;
}

const DESCRIBED: Readonly<Record<string, KeyDescription>> = KEYS;

/** Those of the stack before those of its project, as Pulumi takes them. */
export function settingsOf(program: Program | undefined, stack: Stack | undefined): readonly Setting[] {
  if (program === undefined) return [];
  const ofStack = Object.entries(stack?.config ?? {}).map(([key, value]) =>
    settingOf(fullKey(key, program), value, stack ? (fileName(stack) ?? '') : ''),
  );
  const given = new Set(ofStack.map(({ key }) => key));
  const ofProject = Object.entries(program.config).flatMap(([key, value]) => {
    const full = fullKey(key, program);
    const own = valueOfProject(value);
    return given.has(full) || own === undefined ? [] : [settingOf(full, own, 'Pulumi.yaml')];
  });
  return [...ofStack, ...ofProject];
}

/** A key without a namespace is the project's own; `alicloud:config:region` is how older files write it. */
function fullKey(key: string, { name }: Program): string {
  const [first = '', second, ...rest] = key.split(':');
  if (second === undefined) return `${name}:${first}`;
  return second === 'config' && rest.length > 0 ? `${first}:${rest.join(':')}` : key;
}

/** Pulumi.yaml gives a value, or an object that says more of it than the value. */
function valueOfProject(given: unknown): unknown {
  const declared = record(given);
  if (declared === undefined) return given;
  if ('value' in declared) return declared.value;
  return 'default' in declared ? declared.default : undefined;
}

function settingOf(key: string, value: unknown, file: string): Setting {
  const clear = withoutSecrets(value);
  const text = typeof clear === 'string' || clear === undefined ? clear : JSON.stringify(clear);
  return { key, file, clear: text, isEncrypted: hasSecret(value) };
}

function isSecret(value: unknown): boolean {
  const keys = Object.keys(record(value) ?? {});
  return keys.length === 1 && keys[0] === 'secure';
}

function hasSecret(value: unknown): boolean {
  if (isSecret(value)) return true;
  return typeof value === 'object' && value !== null && Object.values(value).some(hasSecret);
}

function withoutSecrets(value: unknown): unknown {
  if (isSecret(value)) return undefined;
  if (Array.isArray(value)) return value.map(withoutSecrets);
  const row: Row | undefined = record(value);
  if (row === undefined) return value;
  return Object.fromEntries(Object.entries(row).map(([name, inner]) => [name, withoutSecrets(inner)]));
}

/** The keys of credentials that stand encrypted in the files: the doctor cannot have those credentials. */
export function unreadCredentials(settings: readonly Setting[]): readonly string[] {
  return settings.filter(({ key, isEncrypted }) => isEncrypted && isCredential(key)).map(({ key }) => key);
}

function isCredential(key: string): boolean {
  const [namespace, name = ''] = key.split(':');
  return /^alicloud(-media)?$/.test(namespace ?? '') && DESCRIBED[name]?.section === 'credentials';
}

/** What the package would be given, as far as it can be read. `region` goes before what the files say. */
export function configSource(
  settings: readonly Setting[],
  { usesPlugin, usesDynamic }: Pick<Program, 'usesPlugin' | 'usesDynamic'>,
  region: string | undefined,
): ConfigSource {
  // Half of a key pair would be an error of its own, and another source than that of the stack.
  const isDropped = unreadCredentials(settings).length > 0 ? isCredential : () => false;
  const known = new Map(
    settings.flatMap(({ key, clear, isEncrypted }) =>
      clear === undefined || isEncrypted || isDropped(key) ? [] : [[key, clear] as const],
    ),
  );
  return (key) => {
    if (key === 'alicloud:region' && region !== undefined) return region;
    const [namespace = '', name = ''] = key.split(':');
    const described = DESCRIBED[name];
    if (!usesPlugin || described === undefined) return known.get(key);
    // The plugin reads every key in its own namespace, and the package asks for it in that of the key.
    if (namespace !== described.namespace) return undefined;
    return (usesDynamic ? known.get(key) : undefined) ?? known.get(`alicloud-media:${name}`);
  };
}
