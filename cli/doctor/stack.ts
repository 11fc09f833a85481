import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Row, record } from '../../provider/lifecycle/values.js';
import { nearest } from '../../provider/nearest.js';
import { type Found, problem, skip } from './finding.js';
import type { Program } from './program.js';
import { pulumiHome } from './pulumi-home.js';
import { readYaml, UnreadableError } from './read-yaml.js';

export interface Stack {
  readonly name: string;
  /** Why it is this one. */
  readonly how: string;
  /** Its Pulumi.<stack>.yaml; a stack need not have one. */
  readonly file: string | undefined;
  readonly config: Row;
  /** It takes configuration from environments of Pulumi ESC, which only the service can open. */
  readonly usesEsc: boolean;
}

const FILE = /^Pulumi\.(.+)\.ya?ml$/;

/** The stack whose configuration counts: named, selected, or the only one. */
export function findStack(
  program: Program,
  named: string | undefined,
  environment: NodeJS.ProcessEnv,
): Found<Stack> {
  const known = stackFiles(program);
  const chosen = chosenStack(program, named, environment, [...known.keys()]);
  if (chosen === undefined)
    return {
      missing: skip(
        known.size === 0
          ? 'no stack is selected here'
          : `no stack is selected, of ${[...known.keys()].join(', ')}`,
        'Name one with --stack, or select it: pulumi stack select.',
      ),
    };
  const name = chosen.name.split('/').at(-1) ?? '';
  const file = known.get(name);
  if (file === undefined && named !== undefined) {
    const near = nearest(name, [...known.keys()], 1).join();
    return {
      missing: problem(
        `the stack ${name} has no Pulumi.${name}.yaml here${near === '' ? '' : `; nearest: ${near}`}`,
        'Correct the name after --stack.',
      ),
    };
  }
  try {
    const content = file === undefined ? {} : (record(readYaml(file)) ?? {});
    const found = { name, how: chosen.how, file, config: record(content.config) ?? {} };
    return { found: { ...found, usesEsc: content.environment !== undefined } };
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    return { missing: problem(error.message, 'Correct the file: Pulumi cannot read it either.') };
  }
}

interface Chosen {
  readonly name: string;
  readonly how: string;
}

/** In the order in which Pulumi itself chooses; the last is a guess, where there is nothing else to mean. */
function chosenStack(
  program: Program,
  named: string | undefined,
  { PULUMI_STACK: variable, ...environment }: NodeJS.ProcessEnv,
  known: readonly string[],
): Chosen | undefined {
  if (named !== undefined) return { name: named, how: '--stack' };
  if (variable) return { name: variable, how: 'environment PULUMI_STACK' };
  const selected = selectedStack(program, environment);
  if (selected !== undefined) return { name: selected, how: 'selected' };
  const [only] = known;
  return known.length === 1 && only !== undefined ? { name: only, how: 'the only one' } : undefined;
}

function stackFiles({ stackFolder }: Program): ReadonlyMap<string, string> {
  const names = existsSync(stackFolder) ? readdirSync(stackFolder).sort() : [];
  return new Map(
    names.flatMap((file) => {
      const [, name] = FILE.exec(file) ?? [];
      return name === undefined ? [] : [[name, join(stackFolder, file)] as const];
    }),
  );
}

/** Pulumi keeps what `pulumi stack select` chose in a file of its own, named after the path of Pulumi.yaml. */
function selectedStack({ name, file }: Program, environment: NodeJS.ProcessEnv): string | undefined {
  for (const path of new Set([file, realpathSync(file)])) {
    const digest = createHash('sha1').update(path).digest('hex');
    try {
      const workspace = join(pulumiHome(environment), 'workspaces', `${name}-${digest}-workspace.json`);
      const { stack } = JSON.parse(readFileSync(workspace, 'utf8')) as { stack?: unknown };
      if (typeof stack === 'string' && stack !== '') return stack;
    } catch {
      // Nothing was selected by this path.
    }
  }
  return undefined;
}

/** As a finding names it. */
export function fileName({ file }: Stack): string | undefined {
  return file && basename(file);
}
