import type { ResourceDescription } from '../../provider/lifecycle/description.js';
import { table, withParts } from './markdown.js';

/** The page of a resource. */
export function pageOf(description: ResourceDescription, before: string): string {
  const parts = Object.entries(PARTS).map(([name, part]) => [name, part(description)]);
  return withParts(`docs/${description.entry}.md`, before, Object.fromEntries(parts));
}

const PARTS: Readonly<Record<string, (description: ResourceDescription) => string>> = {
  arguments: ({ args }) =>
    table(
      ['argument', 'type', 'change', 'meaning'],
      Object.entries(args).map(([name, arg]) => [
        `\`${name}\`${arg.required ? ' (required)' : ''}`,
        arg.type,
        arg.replaces ? '**replaces**' : 'nothing',
        [
          arg.description,
          arg.rule && `${arg.rule.replace(/^[a-z](?=[a-z]* )/, (first) => first.toUpperCase())}.`,
          arg.default && `Default: ${arg.default}.`,
          arg.source && `(${arg.source})`,
        ]
          .filter(Boolean)
          .join(' '),
      ]),
    ),
  outputs: ({ outputs }) =>
    table(
      ['output', 'meaning'],
      Object.entries(outputs).map(([name, output]) => [
        `\`${name}\``,
        `${output.description}${output.values ? ` One of ${output.values.map((value) => `\`${value}\``).join(', ')}.` : ''}`,
      ]),
    ),
  'RAM actions': ({ ramActions }) =>
    table(
      ['action', 'used by', 'resource'],
      ramActions.map(({ action, when, resource }) => [`\`${action}\``, when, `\`${resource}\``]),
    ),
  policy: (description) => `\`\`\`json\n${JSON.stringify(policyOf(description), undefined, 2)}\n\`\`\``,
};

/** A policy for the names of the examples; the account in a resource is the one that the policy stands in. */
function policyOf({ ramActions, args }: ResourceDescription): object {
  const exampleOf = (name: string) => args[name]?.example ?? '*';
  const resources = ramActions.map(({ resource }) =>
    resource.replace(/\{([a-zA-Z]+)\}/g, (_, name: string) => exampleOf(name)),
  );
  const statements = [...new Set(resources)].map((resource) => ({
    Effect: 'Allow',
    Action: ramActions.filter((_, index) => resources[index] === resource).map(({ action }) => action),
    Resource: resource,
  }));
  return { Version: '1', Statement: statements };
}
