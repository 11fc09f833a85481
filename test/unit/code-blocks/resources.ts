import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { type Block, placeOf, ROOT } from './blocks.js';

interface Resource {
  readonly inputProperties: Readonly<Record<string, unknown>>;
  readonly requiredInputs?: readonly string[];
}

const { resources, provider } = JSON.parse(readFileSync(join(ROOT, 'provider/schema.json'), 'utf8')) as {
  resources: Readonly<Record<string, Resource>>;
  provider: Resource;
};
const PREFIX = 'alicloud-media:';

/** What is wrong with a block of YAML: how it is written, and the resources of this package in it. */
export function mistakesInYaml(block: Block): readonly string[] {
  const documents = parseAllDocuments(block.text);
  const wrong = documents.flatMap(({ errors, warnings }) =>
    [...errors, ...warnings].map(({ message }) => message),
  );
  if (wrong.length === 0) for (const document of documents) wrong.push(...below(document.toJS()));
  return wrong.map((each) => `${placeOf(block)}: ${each}`);
}

function below(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const { type, properties = {} } = value as {
    type?: unknown;
    properties?: Readonly<Record<string, unknown>>;
  };
  const own = typeof type === 'string' && isOurs(type) ? mistakesOf(type, properties) : [];
  return [...own, ...Object.values(value).flatMap(below)];
}

const isOurs = (type: string) =>
  type.startsWith(PREFIX) || type === `pulumi:providers:${PREFIX.slice(0, -1)}`;

function mistakesOf(type: string, properties: Readonly<Record<string, unknown>>): string[] {
  const resource = type.startsWith(PREFIX) ? resources[type] : provider;
  if (resource === undefined) return [`there is no resource ${type}`];
  const unknown = Object.keys(properties).filter((name) => !(name in resource.inputProperties));
  const missing = (resource.requiredInputs ?? []).filter((name) => !(name in properties));
  return [
    ...unknown.map((name) => `${type} has no property ${name}`),
    ...missing.map((name) => `${type} needs ${name}`),
  ];
}
