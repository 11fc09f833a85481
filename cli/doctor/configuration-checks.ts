import { KEYS, type KeyDescription } from '../../provider/alicloud/configuration/keys.js';
import { nearest } from '../../provider/nearest.js';
import { holdsSecret, keyProblem, SECRET_NAMES } from '../../provider/program/key-rules.js';
import type { Check } from './check.js';
import { ok, problem, skip, warning } from './finding.js';
import type { Program } from './program.js';

const DESCRIBED: Readonly<Record<string, KeyDescription>> = KEYS;

const keys: Check = {
  name: 'configuration keys',
  description: 'Is every key of ours in Pulumi.yaml and Pulumi.<stack>.yaml one that something reads?',
  run({ program, settings }) {
    if ('missing' in program) return skip('there is no program');
    const ours = settings.filter(({ key }) => /^alicloud(-media)?:/.test(key));
    const given = new Set(settings.map(({ key }) => key));
    const problems = ours.flatMap(({ key, file }) => {
      const told = unread(key, program.found, given);
      return told === undefined ? [] : [`${told.replace(/\.$/, '')} (${file})`];
    });
    if (problems.length > 0)
      return problem(problems.join('; '), 'Write the key as it is said here, or remove it.');
    return ok(ours.length === 0 ? 'none in the files that were read' : ours.map(({ key }) => key).join(', '));
  },
};

/** Why nothing reads a key; where the program has both hosts, what one of them reads is read. */
function unread(
  key: string,
  { usesPlugin, usesDynamic }: Program,
  given: ReadonlySet<string>,
): string | undefined {
  const name = key.replace(/^alicloud-media:/, '');
  if (usesPlugin && name !== key) {
    if (Object.hasOwn(DESCRIBED, name)) return undefined;
    return `${key} is not known; nearest: alicloud-media:${nearest(name, Object.keys(DESCRIBED), 1).join()}`;
  }
  return usesDynamic ? keyProblem(key, (other) => given.has(other)) : undefined;
}

const values: Check = {
  name: 'configuration',
  description: 'Are the values of the configuration and of the environment usable?',
  run({ services }) {
    const { configuration } = services;
    if (configuration instanceof Error)
      return problem(
        configuration.problems.join(' '),
        'Correct them: docs/reference/configuration.md has every key.',
      );
    return ok('every value that was read is usable');
  },
};

const secrets: Check = {
  name: 'secrets',
  description: 'Does a key of credentials stand in clear in the files?',
  run({ program, settings }) {
    if ('missing' in program) return skip('there is no program');
    const clear = settings.filter(({ key, clear }) => {
      const name = key.replace(/^alicloud(-media)?:/, '');
      return name !== key && SECRET_NAMES.includes(name) && holdsSecret(name, clear);
    });
    if (clear.length === 0) return ok('no key of credentials stands in clear');
    return warning(
      clear.map(({ key, file }) => `${key} stands in clear in ${file}`).join('; '),
      'Renew these keys: who has the file has them, and Pulumi copies them into the state.',
      ...clear.map(({ key }) => `Then set them encrypted: pulumi config set --secret ${key}`),
    );
  },
};

export const configurationChecks: readonly Check[] = [keys, values, secrets];
