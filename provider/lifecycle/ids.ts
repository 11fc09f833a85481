import { type ResourceDescription, titleOf } from './description.js';
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

/** By which ALICLOUD_MEDIA_ADOPT names the resource of an id. */
export function adoptedBy(description: ResourceDescription, id: string): string {
  return description.adoptedByTitle ? `${titleOf(description)}:${id}` : id;
}

/** Whether a text names a resource of this kind in ALICLOUD_MEDIA_ADOPT. */
export function isAdoptable(description: ResourceDescription, text: string): boolean {
  const front = description.adoptedByTitle ? `${titleOf(description)}:` : '';
  return text.startsWith(front) && inputsOf(description, text.slice(front.length)) !== undefined;
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
