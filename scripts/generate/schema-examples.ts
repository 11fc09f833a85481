import type {
  ArgDescription,
  FunctionDescription,
  OutputDescription,
  ResourceDescription,
} from '../../provider/lifecycle/description.js';
import {
  classesOf,
  goProgram,
  inGo,
  inJava,
  inNode,
  inPython,
  inYaml,
  javaProgram,
  NODE,
  PYTHON,
} from './programs.js';
import { pascal, snake } from './words.js';

type Args = Readonly<Record<string, ArgDescription>>;

/** The part of a description that `pulumi` and the registry show as examples, one for each language. */
export function examplesOfResource({ module, type, args }: ResourceDescription): string {
  const main = { name: 'main', module, type, args: Object.fromEntries(required(args)) };
  return examples({
    typescript: `${NODE}\n\nconst main = ${inNode(main)};`,
    python: `${PYTHON}\n\nmain = ${inPython(main)}`,
    go: goProgram([module], `_, err := ${inGo(main)}\n\t\treturn err`),
    java: javaProgram(classesOf(main), `var main = ${inJava(main)};`),
    yaml: `resources:\n${inYaml(main)}`,
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
      [module],
      `shown, err := ${module}.${goName}(ctx, &${module}.${goName}Args{${go.length > 0 ? `\n${go.join('')}\t\t` : ''}})\n\t\tif err != nil {\n\t\t\treturn err\n\t\t}\n\t\tctx.Export("${output}", ${goValue(outputs[output], `shown.${pascal(output)}`)})\n\t\treturn nil`,
    ),
    java: javaQuestion({ module, called, rows: outputs[output]?.type === 'rows' }, given, output),
    yaml: `variables:\n  shown:\n    fn::invoke:\n      function: alicloud-media:${module}:${called}\n${yaml.length > 0 ? `      arguments:\n${yaml.join('')}` : ''}outputs:\n  ${output}: \${shown.${output}}`,
  });
}

function javaQuestion(
  { module, called, rows }: { readonly module: string; readonly called: string; readonly rows: boolean },
  given: ReturnType<typeof required>,
  output: string,
): string {
  const functions = `${pascal(module)}Functions`;
  const args = `${pascal(called)}Args`;
  const says = given.map(([name, value]) => `            .${name}(${JSON.stringify(value)})\n`);
  const built = given.length > 0 ? `${args}.builder()\n${says.join('')}            .build()` : '';
  const classes = [`${module}.${functions}`, ...(given.length > 0 ? [`${module}.inputs.${args}`] : [])];
  const shown = `found.${output}()${rows ? '.size()' : ''}`;
  const lines = [
    `var shown = ${functions}.${called}(${built});`,
    `ctx.export("${output}", shown.applyValue(found -> ${shown}));`,
  ];
  return javaProgram(classes, lines.join('\n        '));
}

/** A list of objects is no output of a program in Go as it is. */
function goValue(output: OutputDescription | undefined, value: string): string {
  return output?.type === 'rows' ? `pulumi.Int(len(${value}))` : `pulumi.String(${value})`;
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
