import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, sep } from 'node:path';
import { dropAccounts } from '../environment.js';
import { findRoot } from '../root.js';
import { runCommand } from './command.js';
import { executable, findOnPath } from './files.js';
import type { Say } from './way.js';

/** A program that is built from a module of our own: `go install pkg@version` refuses modules with `replace` lines. */
export interface Program {
  /** The folder of the module in scripts/toolchain-go/. */
  readonly module: string;
  readonly package: string;
  /** Compiled with it, so that what is compiled later finds it in Go's cache. */
  readonly ahead?: readonly string[];
  readonly output: string;
  /** A file of a module that goes beside it, as it is. */
  readonly copied?: { readonly module: string; readonly file: string };
  /** Set at link time; without a version the programs call themselves v3.0.0-dev. */
  readonly flags: string;
}

export function hasGo(env: NodeJS.ProcessEnv): boolean {
  return findOnPath(`go${executable}`, env.PATH) !== undefined;
}

export function requireGo(env: NodeJS.ProcessEnv): void {
  if (!hasGo(env)) throw new Error('go is not installed');
}

function folderOf({ module }: Program): string {
  return join(findRoot(), 'scripts', 'toolchain-go', module);
}

/** Changes with the sources of the module and the versions that it names. */
export function digestOf(program: Program): string {
  const folder = folderOf(program);
  const hash = createHash('sha256').update(program.flags);
  for (const name of readdirSync(folder).sort())
    hash.update(`${name}\0`).update(readFileSync(join(folder, name)));
  return hash.digest('hex').slice(0, 12);
}

/** Builds a program into `folder`, and says how far it is. */
export async function build(
  program: Program,
  folder: string,
  env: NodeJS.ProcessEnv,
  say: Say,
): Promise<void> {
  const started = Date.now();
  let downloaded = 0;
  let compiled = 0;
  let saidAt = 0;
  const goal = join(folder, program.output);
  // Given a folder, go puts each program into it by its name, and what is no program nowhere.
  const to = `${folder}${sep}`;
  const args = ['build', '-mod=readonly', '-buildvcs=false', '-v', '-ldflags', program.flags, '-o', to];
  const result = await runCommand('go', [...args, program.package, ...(program.ahead ?? [])], {
    cwd: folderOf(program),
    env: { ...dropAccounts(env), GOWORK: 'off' },
    onLine: (line) => {
      if (line.startsWith('go: downloading ')) downloaded += 1;
      // With -v go names each package it compiles, one a line.
      else if (!line.includes(' ')) compiled += 1;
    },
    giveUp: (elapsed) => {
      if (elapsed - saidAt >= 10_000) {
        saidAt = elapsed;
        const at = `${Math.round(elapsed / 1000)} s`;
        say(
          `toolchain: ${program.output}: ${at}, ${downloaded} modules fetched, ${compiled} packages compiled`,
        );
      }
      return undefined;
    },
  });
  if (result.reason !== undefined || !existsSync(goal)) throw new Error(result.reason ?? 'go built nothing');
  if (program.copied) await copy(program, program.copied, folder, env);
  say(`toolchain: ${program.output} built in ${Math.round((Date.now() - started) / 1000)} s`);
}

async function copy(
  program: Program,
  { module, file }: NonNullable<Program['copied']>,
  folder: string,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const { lines, reason } = await runCommand('go', ['list', '-m', '-f', '{{.Dir}}', module], {
    cwd: folderOf(program),
    env: { ...dropAccounts(env), GOWORK: 'off' },
  });
  if (reason !== undefined) throw new Error(reason);
  const target = join(folder, basename(file));
  copyFileSync(join(lines.at(-1) ?? '', file), target);
  chmodSync(target, 0o755);
}
