import * as pulumi from '@pulumi/pulumi';
import { isSpelling, nearest } from '../nearest.js';
import { ARGUMENTS, FIELDS, NAMESPACES, STRICT } from './provider-args.js';

const OWN = 'alicloud-media';

/**
 * Refuses a stack with a key in our namespace that nothing reads: a guard that is misspelt would guard nothing. Only
 * the program is told all keys of its stack; the provider's process can ask for those alone that it knows.
 */
export function refuseUnknownKeys(): void {
  const config = pulumi.runtime.allConfig();
  const problems = Object.keys(config).flatMap((key) => problemOf(key, config) ?? []);
  // One process may run the programs of several stacks (Automation API).
  refuse(
    `The configuration of the stack ${pulumi.getProject()}/${pulumi.getStack()} is not usable:`,
    problems,
  );
}

/** The same for arguments, which no type keeps out of a program in JavaScript. */
export function refuseUnknownArguments(owner: string, args: object): void {
  const problems = [
    ...unknownIn('', args, ARGUMENTS),
    // A field that is a secret is kept as one by its name.
    ...Object.entries(FIELDS).flatMap(([name, known]) => {
      const value = (args as Readonly<Record<string, unknown>>)[name];
      return isPlain(value) ? unknownIn(`${name}.`, value, known) : [];
    }),
  ];
  refuse(`The arguments of the ${owner} are not usable:`, problems);
}

function unknownIn(place: string, values: object, known: readonly string[]): string[] {
  return Object.entries(values).flatMap(([name, value]) => {
    if (value === undefined || known.includes(name)) return [];
    return [`${place}${name} is not known; nearest: ${place}${nearest(name, known, 1).join()}.`];
  });
}

/** What can be looked into here, as an Output cannot. */
function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function problemOf(key: string, config: Readonly<Record<string, unknown>>): string | undefined {
  const [namespace = '', ...rest] = key.split(':');
  const name = rest.join(':');
  if (NAMESPACES[name] === namespace) return undefined;
  if (namespace !== OWN) {
    // All else there is of `@pulumi/alicloud`, which may come to know more.
    const meant = namespace === 'alicloud' ? STRICT.find((known) => isSpelling(name, known)) : undefined;
    return meant && `${key} is not read; write ${fullName(meant)}.`;
  }
  if (!Object.hasOwn(NAMESPACES, name))
    return `${key} is not known; nearest: ${nearest(name, Object.keys(NAMESPACES), 1).map(fullName).join()}.`;
  // The plugin reads it there, so a stack that has both hosts gives it to each.
  return fullName(name) in config ? undefined : `${key} is not read; write ${fullName(name)}.`;
}

const fullName = (name: string): string => `${NAMESPACES[name]}:${name}`;

function refuse(what: string, problems: readonly string[]): void {
  // Pulumi prints any other error with the source around it and the stack.
  if (problems.length > 0) throw new pulumi.RunError([what, ...problems].join('\n'));
}
