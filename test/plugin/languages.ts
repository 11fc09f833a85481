import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Emulator } from '../../emulator/index.js';
import { findToolchainWith } from '../../scripts/toolchain.js';
import { stackOfExample } from '../support/cli/example.js';
import { pythonWith } from '../support/cli/python.js';
import type { Stack } from '../support/cli/stack.js';
import { caches, missingIn, withoutNpm } from './language-tools.js';

const ROOT = resolve(__dirname, '../..');
const PLUGIN = ['resource', 'alicloud-media', '0.1.0', '--file', join(ROOT, 'plugin')];

/** A language in which the example of the plugin is run. */
export interface Language {
  readonly name: string;
  /** As `pulumi convert` and the schema call it. */
  readonly called: string;
  readonly example: string;
  /** The file of the program. */
  readonly file: string;
  /** What has to be on PATH beside Pulumi. */
  readonly tool?: string;
  /** What `pulumi import` writes, as the file of the program. */
  imported?(program: string): string;
  /** Takes the output bucket `thumbnails` out of the example. */
  withoutThumbnails(program: string): string;
  /** Examples of single resources, in the order in which they are to be made, as one program: the text of each file. */
  together(examples: readonly string[]): Readonly<Record<string, string>>;
}

const without = (program: string, ...parts: readonly (string | RegExp)[]): string =>
  parts.reduce<string>((text, part) => text.replace(part, ''), program);

const JAVA_FILE = 'src/main/java/myproject/App.java';

export const LANGUAGES: readonly Language[] = [
  {
    name: 'TypeScript',
    called: 'typescript',
    example: 'plugin-typescript',
    file: 'index.ts',
    withoutThumbnails: (program) => without(program, /const thumbnails = .*\n/, ', thumbnails.bucket'),
    together: (examples) => ({
      ...Object.fromEntries(examples.map((text, index) => [`example${index}.ts`, text])),
      'index.ts': examples.map((_, index) => `import './example${index}';\n`).join(''),
    }),
  },
  {
    name: 'YAML',
    called: 'yaml',
    example: 'plugin-yaml',
    file: 'Pulumi.yaml',
    // A program in YAML is a part of the project's file.
    imported: (program) => `name: plugin-yaml\nruntime: yaml\n${program}`,
    withoutThumbnails: (program) =>
      without(program, /^ {2}thumbnails:\n(?: {4,}.*\n)+/m, / {4}- \$\{thumbnails.*\n/),
    together: (examples) => ({
      'Pulumi.yaml': `name: plugin-yaml\nruntime: yaml\nresources:\n${examples
        // Each calls its resource `main`.
        .map((text, index) => text.replace('resources:\n', '').replace('  main:', `  main${index}:`))
        .join('')}`,
    }),
  },
  {
    name: 'Python',
    called: 'python',
    example: 'plugin-python',
    file: '__main__.py',
    tool: 'python3',
    withoutThumbnails: (program) => without(program, /thumbnails = .*\n/, ', thumbnails.bucket'),
    together: (examples) => ({
      ...Object.fromEntries(examples.map((text, index) => [`example${index}.py`, text])),
      '__main__.py': examples.map((_, index) => `import example${index}\n`).join(''),
    }),
  },
  {
    name: 'Go',
    called: 'go',
    example: 'plugin-go',
    file: 'main.go',
    tool: 'go',
    withoutThumbnails: (program) =>
      without(program, /\tthumbnails, err := [\s\S]*?\n\t}\n(?=\n)/, ', thumbnails.Bucket'),
    together: (examples) => ({
      ...Object.fromEntries(
        examples.map((text, index) => [`example${index}/example.go`, asPackage(text, index)]),
      ),
      'main.go': `package main

import (
${examples.map((_, index) => `\t"plugin-go/example${index}"\n`).join('')}
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		for _, run := range []pulumi.RunFunc{${examples.map((_, index) => `example${index}.Run`).join(', ')}} {
			if err := run(ctx); err != nil {
				return err
			}
		}
		return nil
	})
}
`,
    }),
  },
  {
    name: 'Java',
    called: 'java',
    example: 'plugin-java',
    file: JAVA_FILE,
    tool: 'mvn',
    imported: (program) => program.replace(/^package .*$/m, 'package myproject;'),
    withoutThumbnails: (program) => without(program, / +var thumbnails = .*\n/, ', thumbnails.bucket()'),
    together: (examples) => ({
      ...Object.fromEntries(
        examples.map((text, index) => [JAVA_FILE.replace('App', `Example${index}`), asClass(text, index)]),
      ),
      [JAVA_FILE]: `package myproject;

public class App {
    public static void main(String[] args) {
        com.pulumi.Pulumi.run(ctx -> {
${examples.map((_, index) => `            Example${index}.stack(ctx);\n`).join('')}        });
    }
}
`,
    }),
  },
];

/** An example in Java is a class. */
function asClass(program: string, index: number): string {
  return program
    .replace(/^package .*$/m, 'package myproject;')
    .replace('public class App', `public class Example${index}`)
    .replace(/ {4}public static void main[\s\S]*?\n {4}\}\n\n/, '');
}

/** An example in Go is a whole program. */
function asPackage(program: string, index: number): string {
  return program
    .replace('package main', `package example${index}`)
    .replace(/func main\(\) \{\s*pulumi\.Run\(func/, 'func Run')
    .replace(/\}\)\s*\}\s*$/, '}\n');
}

/** Why a language cannot be tried here, where it cannot. */
export async function missingFor({ name, called, tool }: Language): Promise<string | undefined> {
  const host = `pulumi-language-${called === 'typescript' ? 'nodejs' : called}`;
  const missing = missingIn(await findToolchainWith(['yaml'], () => {}), host, tool);
  if (missing !== undefined || name !== 'Python') return missing;
  const found = await pythonOfLanguages();
  return 'missing' in found ? `no Python with pulumi: ${found.missing}` : undefined;
}

export const pythonOfLanguages = () =>
  pythonWith({
    folder: 'python-languages',
    // The last two build the SDK.
    packages: ['pulumi>=3.231,<4', 'parver', 'setuptools', 'wheel'],
    modules: ['pulumi', 'parver', 'setuptools', 'wheel'],
  });

/** The example with all that its README has a person type before there is a stack. */
export async function stackIn(language: Language, emulator: Emulator): Promise<Stack> {
  const stack = await stackOfExample(emulator, language.example);
  const { environment } = stack;
  // The host that writes programs. And the plugin that npm puts on PATH is not to be found.
  const codegen = join(await findToolchainWith(['yaml'], () => {}), 'codegen');
  environment.PATH = [codegen, withoutNpm(environment.PATH)].join(delimiter);
  await stack.succeed('plugin', 'install', ...PLUGIN);
  await fetchDependencies(language, stack);
  return stack;
}

/** The SDK, as `pulumi install` writes it, and what the tools of the language have to have for it. */
export async function fetchDependencies({ name }: Language, stack: Stack): Promise<void> {
  if (name === 'Go') Object.assign(stack.environment, caches());
  if (name === 'Go' || name === 'Java') await stack.succeed('install');
  if (name === 'Python') await fetchForPython(stack);
}

/** With an environment that is kept between runs in the place of the project's own: that would cost half a minute. */
async function fetchForPython(stack: Stack): Promise<void> {
  const found = await pythonOfLanguages();
  if ('missing' in found) throw new Error(found.missing);
  const bin = dirname(found.python);
  const project = readFileSync(join(stack.folder, 'Pulumi.yaml'), 'utf8');
  stack.file('Pulumi.yaml', project.replace(/virtualenv: .*/, `virtualenv: ${dirname(bin)}`));
  stack.environment.PATH = [bin, stack.environment.PATH].join(delimiter);
  const sdk = project.includes('packages:') ? 'sdks/alicloud-media' : 'sdks/python';
  if (sdk === 'sdks/python')
    // What was converted takes the SDK as it is published.
    await stack.succeed('package', 'gen-sdk', 'alicloud-media', '--language', 'python', '--out', 'sdks');
  else await stack.succeed('install', '--no-dependencies');
  const site = join(stack.folder, 'site');
  const how = ['--quiet', '--no-deps', '--no-build-isolation', '--target', site];
  await promisify(execFile)(found.python, ['-m', 'pip', 'install', ...how, sdk], {
    cwd: stack.folder,
  });
  stack.environment.PYTHONPATH = site;
}
