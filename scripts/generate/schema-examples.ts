import type {
  ArgDescription,
  FunctionDescription,
  OutputDescription,
  ResourceDescription,
} from '../../provider/lifecycle/description.js';
import { pascal, snake } from './words.js';

type Args = Readonly<Record<string, ArgDescription>>;

/** The part of a description that `pulumi` and the registry show as examples, one for each language. */
export function examplesOfResource({ module, type, args }: ResourceDescription): string {
  const given = required(args);
  const node = given.map(([name, value]) => `    ${name}: ${JSON.stringify(value)},`);
  const python = given.map(([name, value]) => `    ${snake(name)}=${JSON.stringify(value)},`);
  const go = given.map(([name, value]) => `\t\t\t${pascal(name)}: pulumi.String(${JSON.stringify(value)}),`);
  const yaml = given.map(([name, value]) => `      ${name}: ${value}`);
  return examples({
    typescript: `${NODE}\n\nconst main = new media.${module}.${type}("main", {\n${node.join('\n')}\n});`,
    python: `${PYTHON}\n\nmain = media.${module}.${type}("main",\n${python.join('\n')}\n)`,
    go: goProgram(
      module,
      `_, err := ${module}.New${type}(ctx, "main", &${module}.${type}Args{\n${go.join('\n')}\n\t\t})\n\t\treturn err`,
    ),
    yaml: `resources:\n  main:\n    type: alicloud-media:${module}:${type}\n    properties:\n${yaml.join('\n')}`,
  });
}

/** The same of a function. `resources` are the types of its module: Go calls a function of one of them otherwise. */
export function examplesOfFunction(
  { module, name: called, args, outputs }: FunctionDescription,
  resources: readonly string[],
): string {
  const given = required(args);
  const [output = 'id'] = Object.keys(outputs).filter((name) => name !== 'id');
  const node = given.map(([name, value]) => `    ${name}: ${JSON.stringify(value)},\n`);
  const python = given.map(([name, value]) => `    ${snake(name)}=${JSON.stringify(value)},\n`);
  const go = given.map(([name, value]) => `\t\t\t${pascal(name)}: ${JSON.stringify(value)},\n`);
  const yaml = given.map(([name, value]) => `        ${name}: ${value}\n`);
  const subject = pascal(called.replace(/^get/, ''));
  const goName = resources.includes(subject) ? `Lookup${subject}` : `Get${subject}`;
  return examples({
    typescript: `${NODE}\n\nconst shown = media.${module}.${called}Output(${node.length > 0 ? `{\n${node.join('')}}` : ''});\nexport const ${output} = shown.${output};`,
    python: `import pulumi\n${PYTHON}\n\nshown = media.${module}.${snake(called)}_output(${python.length > 0 ? '\n' : ''}${python.join('')})\npulumi.export("${output}", shown.${snake(output)})`,
    go: goProgram(
      module,
      `shown, err := ${module}.${goName}(ctx, &${module}.${goName}Args{${go.length > 0 ? `\n${go.join('')}\t\t` : ''}})\n\t\tif err != nil {\n\t\t\treturn err\n\t\t}\n\t\tctx.Export("${output}", ${goValue(outputs[output], `shown.${pascal(output)}`)})\n\t\treturn nil`,
    ),
    yaml: `variables:\n  shown:\n    fn::invoke:\n      function: alicloud-media:${module}:${called}\n${yaml.length > 0 ? `      arguments:\n${yaml.join('')}` : ''}outputs:\n  ${output}: \${shown.${output}}`,
  });
}

/** A list of objects is no output of a program in Go as it is. */
function goValue(output: OutputDescription | undefined, value: string): string {
  return output?.type === 'rows' ? `pulumi.Int(len(${value}))` : `pulumi.String(${value})`;
}

const NODE = 'import * as media from "pulumi-alicloud-media-plugin";';
const PYTHON = 'import pulumi_alicloud_media as media';

function goProgram(module: string, body: string): string {
  return `package main

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"pulumi-alicloud-media.invalid/sdk/go/alicloudmedia/${module}"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		${body}
	})
}`;
}

function examples(programs: Readonly<Record<string, string>>): string {
  const blocks = Object.entries(programs).map(([language, text]) => `\`\`\`${language}\n${text}\n\`\`\``);
  return [
    '{{% examples %}}',
    '## Example Usage',
    '{{% example %}}',
    ...blocks,
    '{{% /example %}}',
    '{{% /examples %}}',
  ].join('\n\n');
}

function required(args: Args): readonly (readonly [string, string])[] {
  return Object.entries(args).flatMap(([name, arg]) => (arg.required ? [[name, arg.example] as const] : []));
}
