import { pluginType } from '../../provider/hosts/plugin/resources.js';
import {
  type ArgDescription,
  providerText,
  type ResourceDescription,
  titleOf,
  typeToken,
} from '../../provider/lifecycle/description.js';

/** The class of a resource and the interface of its arguments, as a program sees them. */
export function programOf(description: ResourceDescription): string {
  const { type, entry, module, summary, idFormat, idExample, args, outputs } = description;
  const names = [...Object.keys(args), ...Object.keys(outputs)];
  return `// Generated from provider/${module}/${entry}.ts by \`npm run generate\`. Do not edit.
import * as pulumi from '@pulumi/pulumi';
import { linkOptions, linkProperties } from './link.js';

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
} as const;

export interface ${type}Args {
${Object.entries(args).map(argOf).join('\n')}
}

/**
${wrapped(summary)}
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
    const values = output.values?.map((value) => `'${value}'`).join(' | ') ?? output.type;
    return `  /** ${output.description} */\n  declare readonly ${name}: pulumi.Output<${values}${output.optional ? ' | undefined' : ''}>;`;
  })
  .join('\n')}

  constructor(name: string, args: ${type}Args, options?: pulumi.CustomResourceOptions) {
    super(LINK.type, name, linkProperties(LINK, name, args, options), linkOptions(LINK, options));
  }
}
`;
}

function argOf([name, arg]: [string, ArgDescription]): string {
  const lines = [
    arg.description,
    ...(arg.rule ? [`Shape: ${arg.rule}.`] : []),
    ...(arg.default ? [`Default: ${arg.default}.`] : []),
    arg.replaces ? 'A change replaces the resource, the old one deleted first.' : undefined,
    arg.source ? `Source: ${arg.source}.` : undefined,
  ].filter((line) => line !== undefined);
  return `  /**\n${lines.map((line) => `   * ${line}`).join('\n')}\n   */\n  readonly ${name}${arg.required ? '' : '?'}: pulumi.Input<${arg.type}>;`;
}

/** `region` is filled in by the check, so it is always there. */
function typeOf(name: string, { type, required }: ArgDescription): string {
  return required || name === 'region' ? type : `${type} | undefined`;
}

function wrapped(text: string): string {
  return text.replace(/(.{1,105})(\s|$)/g, ' * $1\n').trimEnd();
}
