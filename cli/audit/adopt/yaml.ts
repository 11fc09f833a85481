import { stringify } from 'yaml';
import { pluginType } from '../../../provider/lifecycle/description.js';
import type { Properties } from '../../../provider/lifecycle/lifecycle.js';
import type { Adoptee, Adoption } from './adoptees.js';

/** The resources of the program in YAML, which the plugin serves. */
export function yamlResources({ adoptees }: Adoption): string {
  const resources = adoptees.map((adoptee) => [
    adoptee.name,
    { type: pluginType(adoptee.one.lifecycle.description), properties: propertiesOf(adoptee) },
  ]);
  return stringify({ resources: Object.fromEntries(resources) }, { lineWidth: 0 });
}

/** A name that the outputs of another one give makes the engine order the two. */
function propertiesOf({ one, parent, args }: Adoptee): Properties {
  const given = Object.keys(one.inputs).filter((name) => !(name in args));
  const above = parent === undefined ? [] : given.map((name) => [name, `\${${parent.name}.${name}}`]);
  const own = Object.entries(args).map(([name, value]) => [name, escaped(value)]);
  return Object.fromEntries([...above, ...own, ['adopt', true]]);
}

/** What begins an expression would be evaluated. */
function escaped(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('${', () => '$${');
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, escaped(each)]));
}
