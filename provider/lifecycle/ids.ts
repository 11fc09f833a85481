import type { ResourceDescription } from './description.js';
import type { Properties } from './lifecycle.js';

type Format = Pick<ResourceDescription, 'idFormat' | 'args'>;

/** The id of these inputs, known before the resource exists. */
export function idOf({ idFormat }: Pick<Format, 'idFormat'>, inputs: Properties): string {
  return idFormat.replace(/\{(\w+)\}/g, (_, name: string) => String(inputs[name]));
}

/** The inputs that an id stands for; undefined for a text that is no id of this format. */
export function inputsOf(format: Format, id: string): Properties | undefined {
  const groups = patternOf(format).exec(id)?.groups;
  return groups && { ...groups };
}

/** Each argument by its own rule, so that the whole id is one: what no argument may hold tells them apart. */
function patternOf({ idFormat, args }: Format): RegExp {
  const parts = idFormat.split(/\{(\w+)\}/);
  const pattern = parts.map((part, index) =>
    index % 2 === 0
      ? part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
      : `(?<${part}>${ruleIn(args[part]?.matches)})`,
  );
  return new RegExp(`^${pattern.join('')}$`);
}

function ruleIn(matches: RegExp | undefined): string {
  return matches?.source.replace(/^\^|\$$/g, '') ?? '[^/]+';
}
