import type { FunctionDescription } from '../../provider/lifecycle/description.js';

/** What a program gives to a function and gets from it. */
export function functionTypes({ name, module, entry, args, outputs }: FunctionDescription): string {
  const title = name.charAt(0).toUpperCase() + name.slice(1);
  const given = Object.entries(args).map(([arg, { type, required, description, default: standard }]) => {
    const comment = [description, standard && `Default: ${standard}.`].filter(Boolean).join('\n   * ');
    return `  /**\n   * ${comment}\n   */\n  readonly ${arg}${required ? '' : '?'}: pulumi.Input<${type}>;`;
  });
  const got = Object.entries(outputs).map(
    ([output, { type, description }]) => `  /** ${description} */\n  readonly ${output}: ${type};`,
  );
  return `// Generated from provider/${module}/${entry}.ts by \`npm run generate\`. Do not edit.
import type * as pulumi from '@pulumi/pulumi';

export interface ${title}Args {
${given.join('\n')}
}

/** What the service shows now. */
export interface ${title}Result {
${got.join('\n')}
}
`;
}
