import {
  classesOf,
  type Declared,
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

const inLibrary = { projectName: { of: 'library', output: 'projectName' } };

/** What a first stack holds: a bucket that IMM indexes, and one that MPS writes to. */
const RESOURCES: readonly Declared[] = [
  { name: 'library', module: 'imm', type: 'Project', args: { projectName: 'media' } },
  { name: 'videos', module: 'imm', type: 'Dataset', args: { ...inLibrary, datasetName: 'videos' } },
  {
    name: 'originals',
    module: 'imm',
    type: 'DatasetBinding',
    args: {
      projectName: { of: 'videos', output: 'projectName' },
      datasetName: { of: 'videos', output: 'datasetName' },
      uri: 'oss://media-originals',
    },
  },
  { name: 'renditions', module: 'mps', type: 'OutputBucket', args: { bucket: 'media-renditions' } },
];

const STATUS = { of: 'originals', output: 'status' };

/** The program of the registry's overview in each language, by the name that the chooser has for it. */
export function overviewPrograms(): Readonly<
  Record<'typescript' | 'python' | 'go' | 'java' | 'yaml', string>
> {
  return { typescript: node(), python: python(), go: go(), java: java(), yaml: yaml() };
}

function node(): string {
  const lines = RESOURCES.map((each) => `${isUsed(each) ? `const ${each.name} = ` : ''}${inNode(each)};`);
  const last = `export const bindingStatus = ${STATUS.of}.${STATUS.output};`;
  return [NODE, '', ...lines, '', last].join('\n');
}

function python(): string {
  const lines = RESOURCES.map((each) => `${isUsed(each) ? `${each.name} = ` : ''}${inPython(each)}`);
  const last = `pulumi.export("bindingStatus", ${STATUS.of}.${snake(STATUS.output)})`;
  return ['import pulumi', PYTHON, '', ...lines, '', last].join('\n');
}

function go(): string {
  const lines = RESOURCES.map((each) => {
    // The first resource is used, so `err` is declared by then.
    const assigned = isUsed(each) ? `${each.name}, err :=` : '_, err =';
    return `${assigned} ${inGo(each)}\n\t\tif err != nil {\n\t\t\treturn err\n\t\t}`;
  });
  const last = `ctx.Export("bindingStatus", ${STATUS.of}.${pascal(STATUS.output)})`;
  const modules = [...new Set(RESOURCES.map(({ module }) => module))];
  return goProgram(modules, [...lines, last, 'return nil'].join('\n\t\t'));
}

function java(): string {
  const lines = RESOURCES.map((each) => `${isUsed(each) ? `var ${each.name} = ` : ''}${inJava(each)};`);
  const last = `ctx.export("bindingStatus", ${STATUS.of}.${STATUS.output}());`;
  return javaProgram(RESOURCES.flatMap(classesOf), [...lines, last].join('\n        '));
}

function yaml(): string {
  const last = ['outputs:', `  bindingStatus: \${${STATUS.of}.${STATUS.output}}`];
  return ['name: media', 'runtime: yaml', 'resources:', ...RESOURCES.map(inYaml), ...last].join('\n');
}

function isUsed({ name }: Declared): boolean {
  const values = RESOURCES.flatMap(({ args }) => Object.values(args));
  return [STATUS, ...values].some((value) => typeof value !== 'string' && value.of === name);
}
