import type { FunctionDescription, OutputDescription } from '../../provider/lifecycle/description.js';
import type { Found } from './found.js';
import { inputType, outputType } from './types.js';
import { commented, pascal } from './words.js';

/** The names of what a program sees of a function. */
export function typesOf({ name, outputs }: FunctionDescription): readonly string[] {
  const title = pascal(name);
  const rows = Object.values(outputs).some(({ type }) => type === 'rows');
  return [`${title}Args`, `${title}Result`, ...(rows ? [`${title}Row`] : [])];
}

/** The function of a program, with what it takes and what it gives. */
export function functionOf({
  file,
  description,
}: Pick<Found<FunctionDescription>, 'file' | 'description'>): string {
  const { name, module, summary, args, outputs } = description;
  const title = pascal(name);
  const given = Object.entries(args).map(([arg, each]) => {
    const comment = [each.description, each.default && `Default: ${each.default}.`].filter(Boolean);
    return `  /**\n${comment.map((line) => `   * ${line}`).join('\n')}\n   */\n  readonly ${arg}${each.required ? '' : '?'}: ${inputType(each)};`;
  });
  const rows = Object.values(outputs).flatMap(({ type, fields = {} }) =>
    type === 'rows' ? [interfaceOf(`${title}Row`, 'One of what is listed.', fields)] : [],
  );
  const isBare = !Object.values(args).some(({ required }) => required);
  return `// Generated from provider/${file}.ts by \`npm run generate\`. Do not edit.
import type * as pulumi from '@pulumi/pulumi';
import { ask } from './ask.js';

export interface ${title}Args {
${given.join('\n')}
}

${[...rows, interfaceOf(`${title}Result`, 'What the service shows now.', outputs, `${title}Row`)].join('\n\n')}

/**
${commented(summary)}
 *
 * Runs in the program: it uses the configuration of the stack, or that of the option \`provider\`. Under
 * \`pulumi.runtime.setMocks\` the mock is asked for \`alicloud-media:${module}:${name}\`, and nothing is sent.
 */
export function ${name}(
  args: ${title}Args${isBare ? ' = {}' : ''},
  options: pulumi.InvokeOptions = {},
): pulumi.Output<${title}Result> {
  return ask({ module: '${module}', name: '${name}' }, args, options);
}
`;
}

function interfaceOf(
  title: string,
  comment: string,
  outputs: Readonly<Record<string, OutputDescription>>,
  row?: string,
): string {
  const lines = Object.entries(outputs).map(([name, output]) => {
    return `  /** ${output.description} */\n  readonly ${name}${output.optional ? '?' : ''}: ${outputType(output, row)};`;
  });
  return `/** ${comment} */\nexport interface ${title} {\n${lines.join('\n')}\n}`;
}
