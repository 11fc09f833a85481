import type { Adoptee, Adoption } from './adoptees.js';

/** The program in TypeScript, of dynamic resources. */
export function typescriptProgram({ account, region, adoptees }: Adoption): string {
  const variables = variablesOf(adoptees);
  const modules = [...new Set(adoptees.map(({ one }) => one.lifecycle.description.module))].sort();
  const lines = adoptees.map((adoptee) => {
    const variable = variables.get(adoptee);
    const made = `new ${adoptee.one.title}(${JSON.stringify(adoptee.name)}, { ${argsOf(adoptee, variables)} });`;
    return variable === undefined ? made : `const ${variable} = ${made}`;
  });
  return [
    `// What existed in ${region} of account ${account} and was in no stack. adopt: true may stay; it does nothing more once it was taken over.`,
    `import { ${modules.join(', ')} } from 'pulumi-alicloud-media';`,
    '',
    ...lines,
    '',
  ].join('\n');
}

function argsOf({ one, parent, args }: Adoptee, variables: ReadonlyMap<Adoptee, string>): string {
  const [argument] = Object.keys(one.lifecycle.description.parents ?? {});
  const above = parent && argument ? [`${argument}: ${variables.get(parent)}`] : [];
  const own = Object.entries(args).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  return [...above, ...own, 'adopt: true'].join(', ');
}

/** Only what others hang on needs one. */
function variablesOf(adoptees: readonly Adoptee[]): ReadonlyMap<Adoptee, string> {
  const parents = new Set(adoptees.flatMap(({ parent }) => parent ?? []));
  const taken = new Set<string>();
  const variables = new Map<Adoptee, string>();
  for (const parent of parents) {
    const plain = parent.name.replace(/[^A-Za-z0-9]+([A-Za-z0-9])?/g, (_, next = '') => next.toUpperCase());
    let variable = plain;
    for (let count = 2; taken.has(variable); count++) variable = `${plain}${count}`;
    taken.add(variable);
    variables.set(parent, variable);
  }
  return variables;
}
