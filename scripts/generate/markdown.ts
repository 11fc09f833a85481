/** A page with its generated parts renewed; what a person wrote between them stays. */
export function withParts(file: string, before: string, parts: Readonly<Record<string, string>>): string {
  return Object.entries(parts).reduce((page, [name, part]) => {
    const [begin, end] = [`<!-- generated: ${name} -->`, '<!-- end -->'];
    const from = page.indexOf(begin);
    const to = page.indexOf(end, from);
    if (from < 0 || to < 0) throw new Error(`${file} has no part "${begin} … ${end}"`);
    return `${page.slice(0, from)}${begin}\n${part}\n${page.slice(to)}`;
  }, before);
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}
