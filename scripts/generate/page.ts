import { type ResourceDescription, type StepAction, titleOf } from '../../provider/lifecycle/description.js';
import { usedBy } from '../../provider/lifecycle/used-by.js';
import { table, withParts } from './markdown.js';

/** The page of a resource. */
export function pageOf(description: ResourceDescription, before: string): string {
  const parts = Object.entries(PARTS).map(([name, part]) => [name, part(description)]);
  return withParts(`docs/reference/${description.entry}.md`, before, Object.fromEntries(parts));
}

/** The page of a resource that has none yet: a person writes on between the generated parts. */
export function skeletonOf(description: ResourceDescription): string {
  const { module, summary, stops, replacement, idFormat, idExample, args, parents = {} } = description;
  const title = titleOf(description);
  const given = Object.entries(args).filter(([, { required }]) => required);
  const program = given.map(([name, { example }]) => `  ${name}: '${example}',`);
  const instead = Object.entries(parents).map(
    ([name, parent]) =>
      `Instead of ${parent.fills.map((fill) => `\`${fill}\``).join(', ')} and \`region\` you can pass \`${name}\`, an ${module}.${parent.type} of your program.`,
  );
  const part = (name: string) => `<!-- generated: ${name} -->\n<!-- end -->`;
  return `# ${title}

${summary}

\`\`\`ts
import { ${module} } from 'pulumi-alicloud-media';

const main = new ${title}('main', {
${program.join('\n')}
});
\`\`\`

Id: \`${idFormat}\`, such as \`${idExample}\`.

## Arguments

${part('arguments')}

${instead.join('\n')}

## Outputs

The arguments, and:

${part('outputs')}

\`${title}.get(name, id)\` reads any ${title}, in your stack or not, and throws if it does not exist.

## What stops when it is deleted

${stops} In a replacement: ${replacement}

## RAM actions

${part('RAM actions')}

For the names in the example:

${part('policy')}

The provider also calls STS \`GetCallerIdentity\` to find out the account. That needs no permission.

[imm.DatasetBinding](dataset-binding.md) and [reliability](reliability.md) describe what is the same for every resource, such as
adoption, timeouts and ownership.
`;
}

/** What an argument takes, in a word. */
export const TYPES = {
  string: 'string',
  boolean: 'boolean',
  integer: 'number',
  int64: 'number or text',
  tags: 'map',
};

const PARTS: Readonly<Record<string, (description: ResourceDescription) => string>> = {
  arguments: ({ args }) =>
    table(
      ['argument', 'type', 'change', 'meaning'],
      Object.entries(args).map(([name, arg]) => [
        `\`${name}\`${arg.required ? ' (required)' : ''}`,
        TYPES[arg.type],
        arg.replaces ? '**replaces**' : arg.updates ? 'in place' : 'nothing',
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
      ramActions.map((each) => [`\`${each.action}\``, usedBy(each), resourceOf(each)]),
    ),
  policy: (description) => `\`\`\`json\n${JSON.stringify(policyOf(description), undefined, 2)}\n\`\`\``,
};

function resourceOf({ resource, source }: StepAction): string {
  return source === undefined ? `\`${resource}\`` : `\`${resource}\` (${source})`;
}

/** A policy for the names of the examples; the account in a resource is the one that the policy stands in. */
function policyOf({ ramActions: all, args }: ResourceDescription): object {
  const ramActions = all.filter(({ steps }) => steps.some((step) => step !== 'audit'));
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
