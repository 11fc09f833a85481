import {
  type ArgDescription,
  pluginType,
  providerText,
  type ResourceDescription,
  titleOf,
  typeToken,
} from '../../provider/lifecycle/description.js';
import type { Found } from './found.js';
import { inputType, outputType } from './types.js';
import { commented, kebab } from './words.js';

/** The class of a resource and the interface of its arguments, as a program sees them. */
export function programOf({
  file,
  description,
}: Pick<Found<ResourceDescription>, 'file' | 'description'>): string {
  const { type, entry, summary, idFormat, idExample, args, outputs, parents = {} } = description;
  const filled = new Set(Object.values(parents).flatMap(({ fills }) => fills));
  const classes = Object.values(parents).map(
    (parent) => `import type { ${parent.type} } from './${kebab(parent.type)}.js';\n`,
  );
  const names = [...Object.keys(args), ...Object.keys(outputs)];
  return `// Generated from provider/${file}.ts by \`npm run generate\`. Do not edit.
import * as pulumi from '@pulumi/pulumi';
${classes.join('')}import { linkOptions, linkProperties } from './link.js';

const LINK = {
  title: '${titleOf(description)}',
  type: '${typeToken(description)}',
  pluginType: '${pluginType(description)}',
  // Stands in the state of every ${type} for ever.
  provider: '${providerText(description)}',
  entry: 'pulumi-alicloud-media/${entry}',
  properties: [${names.map((name) => `'${name}'`).join(', ')}],
  idFormat: '${idFormat}',
  idExample: '${idExample}',
  parents: ${JSON.stringify(Object.fromEntries(Object.entries(parents).map(([name, { fills }]) => [name, fills])))},
} as const;

export interface ${type}Args {
${[
  ...Object.entries(parents).map(
    ([name, parent]) => `  /**\n   * ${parent.description}\n   */\n  readonly ${name}?: ${parent.type};`,
  ),
  ...Object.entries(args).map(([name, arg]) => argOf(name, arg, filled.has(name))),
].join('\n')}
}

/**
${commented(summary)}
 *
 * Its id is \`${idFormat}\`, such as \`${idExample}\`.
 */
export class ${type} extends pulumi.CustomResource {
  /** The ${titleOf(description)} of this id, which need not be in a stack. Fails where it does not exist. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, options?: pulumi.CustomResourceOptions): ${type} {
    // The id alone says which it is: no argument is needed, and the constructor's callers must give them all. One that
    // is missing, as JavaScript lets it be, is not to look like none.
    return new ${type}(name, {} as ${type}Args, { ...options, id: id ?? '' });
  }

  static override isInstance(value: unknown): value is ${type} {
    return (value as { __pulumiType?: unknown } | null | undefined)?.__pulumiType === LINK.type;
  }

${Object.entries(args)
  .map(
    ([name, arg]) =>
      `  /** ${arg.description} */\n  declare readonly ${name}: pulumi.Output<${typeOf(name, arg)}>;`,
  )
  .join('\n')}
${Object.entries(outputs)
  .map(([name, output]) => {
    const values = output.values?.map((value) => `'${value}'`).join(' | ') ?? outputType(output);
    return `  /** ${output.description} */\n  declare readonly ${name}: pulumi.Output<${values}${output.optional ? ' | undefined' : ''}>;`;
  })
  .join('\n')}

  constructor(name: string, args: ${type}Args, options?: pulumi.CustomResourceOptions) {
    super(LINK.type, name, linkProperties(LINK, name, args, options), linkOptions(LINK, options));
  }
}
`;
}

function argOf(name: string, arg: ArgDescription, isFilled: boolean): string {
  const lines = [
    arg.description,
    ...(arg.rule ? [`Shape: ${arg.rule}.`] : []),
    ...(arg.default ? [`Default: ${arg.default}.`] : []),
    arg.replaces ? 'A change replaces the resource, the old one deleted first.' : undefined,
    arg.updates ? 'A change is sent, and the resource stays.' : undefined,
    arg.source ? `Source: ${arg.source}.` : undefined,
  ].filter((line) => line !== undefined);
  return `  /**\n${lines.map((line) => `   * ${line}`).join('\n')}\n   */\n  readonly ${name}${arg.required && !isFilled ? '' : '?'}: ${inputType(arg)};`;
}

/** `region` is filled in by the check, so it is always there. */
function typeOf(name: string, { type, required }: ArgDescription): string {
  const own = outputType({ type });
  return required || name === 'region' ? own : `${own} | undefined`;
}
