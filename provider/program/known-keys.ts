import * as pulumi from '@pulumi/pulumi';
import { nearest } from '../nearest.js';
import { keyProblem } from './key-rules.js';
import { ARGUMENTS, FIELDS } from './provider-args.js';

/**
 * Refuses a stack with a key in our namespace that nothing reads: a guard that is misspelt would guard nothing. Only
 * the program is told all keys of its stack; the provider's process can ask for those alone that it knows.
 */
export function refuseUnknownKeys(): void {
  const config = pulumi.runtime.allConfig();
  const problems = Object.keys(config).flatMap((key) => keyProblem(key, (other) => other in config) ?? []);
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

function refuse(what: string, problems: readonly string[]): void {
  // Pulumi prints any other error with the source around it and the stack.
  if (problems.length > 0) throw new pulumi.RunError([what, ...problems].join('\n'));
}
