import { isDeepStrictEqual } from 'node:util';
import { ConfigurationError } from '../../alicloud/answers/errors.js';
import type { ConfigSource } from '../../alicloud/configuration/configuration.js';
import { KEYS, type KeyDescription } from '../../alicloud/configuration/keys.js';
import type { CheckFailure, Properties } from '../../lifecycle/lifecycle.js';
import { nearest } from '../../nearest.js';
import type { MissingKey } from './failure.js';
import { holdsUnknown } from './values.js';

const NAMES = Object.keys(KEYS);
/** What the engine itself puts among the configuration of a provider. */
const ENGINE: readonly string[] = ['version', 'pluginDownloadURL', 'pluginChecksums', '__internal'];

/** The halves of a key pair; each is missing where only the other is given. */
const PAIR: Readonly<Record<string, string>> = {
  accessKey: 'the id of the key pair that secretKey belongs to',
  secretKey: 'the secret of the key pair that accessKey belongs to',
};

/** Hands a provider's arguments to whoever reads `alicloud:<key>` and `alicloud-media:<key>`. */
export function configSource(args: Properties): ConfigSource {
  return (key) => {
    const [namespace, name = ''] = key.split(':');
    if ((KEYS as Readonly<Record<string, KeyDescription>>)[name]?.namespace !== namespace) return undefined;
    const value = args[name];
    if (value === undefined || value === null) return undefined;
    return typeof value === 'string' ? value : JSON.stringify(value);
  };
}

/** The half of a key pair that is not given beside the other. */
function missingHalf(args: Properties): readonly string[] {
  const missing = Object.keys(PAIR).filter((name) => args[name] === undefined);
  return missing.length === Object.keys(PAIR).length ? [] : missing;
}

/** What the engine has its own way to ask for. */
export function missingKeys(args: Properties): readonly MissingKey[] {
  return missingHalf(args).map((name) => ({
    name: `alicloud-media:${name}`,
    description: PAIR[name] ?? '',
  }));
}

/** Every problem of a provider's arguments, with the key that it is about. */
export async function checkConfig(
  args: Properties,
  environment: NodeJS.ProcessEnv,
): Promise<readonly CheckFailure[]> {
  const failures = Object.keys(args)
    .filter((name) => ![...NAMES, ...ENGINE].includes(name))
    .map((name) => ({
      property: '',
      reason: `alicloud-media:${name} is not known; nearest: ${nearest(name, NAMES, 1).join()}.`,
    }));
  // What is missing is asked for by Configure.
  const whole = Object.fromEntries(missingHalf(args).map((name) => [name, 'missing']));
  const given = configSource({ ...whole, ...args });
  const isUndecided = (key: string) => holdsUnknown(given(key));
  // Most of the plugin's own start would go into loading it.
  const { readConfiguration } = await import('../../alicloud/configuration/configuration.js');
  try {
    readConfiguration(given, environment, isUndecided);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    failures.push(...error.problems.map((reason) => ({ property: '', reason })));
  }
  return failures;
}

/** The keys that differ between two configurations of a provider. */
export function changedKeys(olds: Properties, news: Properties): readonly string[] {
  return [...new Set([...Object.keys(olds), ...Object.keys(news)])].filter(
    (name) => !isDeepStrictEqual(olds[name], news[name]),
  );
}
