import { PUBLICATION } from '../publication.js';
import { pascal, snake } from './words.js';

/** An argument: a text, or an output of a resource above it. */
export type Value = string | { readonly of: string; readonly output: string };

/** One resource of a program. */
export interface Declared {
  readonly name: string;
  readonly module: string;
  readonly type: string;
  readonly args: Readonly<Record<string, Value>>;
}

export const NODE = `import * as media from "${PUBLICATION.npm}";`;
export const PYTHON = `import ${PUBLICATION.python} as media`;

/** What makes a resource, as an expression. */
export function inNode({ name, module, type, args }: Declared): string {
  const given = each(args, (key, value) => {
    const text = typeof value === 'string' ? JSON.stringify(value) : `${value.of}.${value.output}`;
    return `    ${key}: ${text},`;
  });
  return `new media.${module}.${type}("${name}", {\n${given}\n})`;
}

export function inPython({ name, module, type, args }: Declared): string {
  const given = each(args, (key, value) => {
    const text = typeof value === 'string' ? JSON.stringify(value) : `${value.of}.${snake(value.output)}`;
    return `    ${snake(key)}=${text},`;
  });
  return `media.${module}.${type}("${name}",\n${given}\n)`;
}

export function inGo({ name, module, type, args }: Declared): string {
  const given = each(args, (key, value) => {
    const text =
      typeof value === 'string'
        ? `pulumi.String(${JSON.stringify(value)})`
        : `${value.of}.${pascal(value.output)}`;
    return `\t\t\t${pascal(key)}: ${text},`;
  });
  return `${module}.New${type}(ctx, "${name}", &${module}.${type}Args{\n${given}\n\t\t})`;
}

export function inJava({ name, type, args }: Declared): string {
  const given = each(args, (key, value) => {
    const text = typeof value === 'string' ? JSON.stringify(value) : `${value.of}.${value.output}()`;
    return `            .${key}(${text})`;
  });
  return `new ${type}("${name}", ${type}Args.builder()\n${given}\n            .build())`;
}

/** An entry of `resources`. */
export function inYaml({ name, module, type, args }: Declared): string {
  const given = each(args, (key, value) => {
    const text = typeof value === 'string' ? value : `\${${value.of}.${value.output}}`;
    return `      ${key}: ${text}`;
  });
  return `  ${name}:\n    type: alicloud-media:${module}:${type}\n    properties:\n${given}`;
}

/** A program in Go of these statements. */
export function goProgram(modules: readonly string[], body: string): string {
  const ours = modules.map((module) => `${PUBLICATION.go.module}/${PUBLICATION.go.package}/${module}`);
  // As gofmt has them.
  const imports = [...ours, 'github.com/pulumi/pulumi/sdk/v3/go/pulumi'].sort().map((path) => `\t"${path}"`);
  return `package main

import (
${imports.join('\n')}
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		${body}
	})
}`;
}

/** The classes in Java that a resource needs. */
export function classesOf({ module, type }: Declared): readonly string[] {
  return [`${module}.${type}`, `${module}.${type}Args`];
}

/** A program in Java of these statements, which use these classes of the SDK. */
export function javaProgram(classes: readonly string[], body: string): string {
  const ours = classes.map((name) => `${PUBLICATION.java.group}.${PUBLICATION.java.package}.${name}`);
  const imports = ['com.pulumi.Context', 'com.pulumi.Pulumi', ...ours.sort()];
  return `package generated_program;

${imports.map((name) => `import ${name};`).join('\n')}

public class App {
    public static void main(String[] args) {
        Pulumi.run(App::stack);
    }

    public static void stack(Context ctx) {
        ${body}
    }
}`;
}

function each(args: Declared['args'], line: (key: string, value: Value) => string): string {
  return Object.entries(args)
    .map(([key, value]) => line(key, value))
    .join('\n');
}
