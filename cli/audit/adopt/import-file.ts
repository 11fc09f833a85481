import { pluginType } from '../../../provider/lifecycle/description.js';
import { UsageError } from '../../usage-error.js';
import type { Adoption } from './adoptees.js';

/** What `pulumi import --file` takes: the resources of the plugin, those that others hang on first. */
export function importFile(adoptions: readonly Adoption[]): string {
  const accounts = [...new Set(adoptions.map(({ account }) => account))];
  if (accounts.length > 1)
    throw new UsageError(
      `--import-file: one stack imports from one account, and these are of ${accounts.join(', ')}: audit one at a time`,
    );
  const regions = new Set(adoptions.map(({ region }) => region));
  const resources = adoptions.flatMap(({ region, adoptees }) =>
    adoptees.map(({ one, name }) => ({
      type: pluginType(one.lifecycle.description),
      // Two regions may have the same names.
      name: regions.size > 1 ? `${region}-${name}` : name,
      id: one.id,
    })),
  );
  return `${JSON.stringify({ resources }, undefined, 2)}\n`;
}
