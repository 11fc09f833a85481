import * as pulumi from '@pulumi/pulumi';
import { holdsSecret, SECRET_NAMES } from './key-rules.js';

const warned = new Set<string>();

/**
 * Warns once of credentials that stand in the stack's configuration in clear: the engine copies the configuration
 * into the state. Only the program is told which keys are secret, so only here can it be seen.
 */
export function warnOfPlainKeys(): void {
  // One process may run the programs of several stacks (Automation API).
  const stack = `${pulumi.getProject()}/${pulumi.getStack()}`;
  if (warned.has(stack)) return;
  warned.add(stack);
  const config = pulumi.runtime.allConfig();
  const plain = SECRET_NAMES.filter((name) => holdsSecret(name, config[`alicloud:${name}`]))
    .map((name) => `alicloud:${name}`)
    .filter((key) => !isMarkedSecret(key));
  if (plain.length === 0) return;
  const commands = plain.map((key) => `  pulumi config set --secret ${key}`);
  void pulumi.log.warn(
    `The configuration of this stack holds ${plain.join(', ')} in clear, and Pulumi copies it into the state. ` +
      `Renew the keys, and set them again with\n${commands.join('\n')}`,
  );
}

/** Pulumi exports it without declaring it; where it is gone, nothing is known and nothing is said. */
function isMarkedSecret(key: string): boolean {
  const { isConfigSecret } = pulumi.runtime as { isConfigSecret?: (key: string) => boolean };
  return isConfigSecret?.(key) ?? true;
}
