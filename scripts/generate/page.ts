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
          arg.rule && `${arg.rule[0]?.toUpperCase()}${arg.rule.slice(1)}.`,
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
};

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}
