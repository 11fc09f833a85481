import type { ResourceDescription } from '../../provider/lifecycle/description.js';

/** A page with its generated parts renewed; what a person wrote between them stays. */
export function pageOf(description: ResourceDescription, before: string): string {
  return Object.entries(PARTS).reduce((page, [name, part]) => {
    const [begin, end] = [`<!-- generated: ${name} -->`, '<!-- end -->'];
    const from = page.indexOf(begin);
    const to = page.indexOf(end, from);
    if (from < 0 || to < 0) throw new Error(`docs/${description.entry}.md has no part "${begin} … ${end}"`);
    return `${page.slice(0, from)}${begin}\n${part(description)}\n${page.slice(to)}`;
  }, before);
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

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}
