import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { SDK_GENERATOR } from '../../scripts/toolchain/extra-programs.js';
import { findToolchainWith } from '../../scripts/toolchain.js';

export const ROOT = resolve(__dirname, '../..');
export const SCHEMA = join(ROOT, 'provider/schema.json');

const run = promisify(execFile);

interface Described {
  readonly description: string;
}

/** The generator of SDKs, or why there is none. */
export async function sdkGenerator(): Promise<{ generator: string } | { missing: string }> {
  try {
    const folder = await findToolchainWith(['sdk'], () => {});
    return { generator: join(folder, SDK_GENERATOR.output) };
  } catch (error) {
    return { missing: error instanceof Error ? error.message : String(error) };
  }
}

const { resources, functions } = JSON.parse(readFileSync(SCHEMA, 'utf8')) as Record<
  'resources' | 'functions',
  Record<string, Described>
>;

/** The examples of the schema in a language, one for each resource and function. */
export function examplesIn(language: string): readonly string[] {
  return [...Object.values(resources), ...Object.values(functions)].map(({ description }) =>
    exampleIn(description, language),
  );
}

/** The example of a resource, by its type. */
export function exampleOf(type: string, language: string): string {
  return exampleIn(resources[type]?.description ?? type, language);
}

function exampleIn(description: string, language: string): string {
  const [, text] = new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\n\`\`\``).exec(description) ?? [];
  if (text === undefined) throw new Error(`no example in ${language}: ${description.slice(0, 60)}`);
  return `${text}\n`;
}

/** A folder for what is made of the schema, gone after `remove`. */
export class Scratch {
  readonly folder = mkdtempSync(join(tmpdir(), 'plugin-sdk-'));

  path(...names: string[]): string {
    return join(this.folder, ...names);
  }

  write(name: string, text: string): string {
    const path = this.path(name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  }

  link(target: string, name: string): void {
    mkdirSync(dirname(this.path(name)), { recursive: true });
    symlinkSync(target, this.path(name));
  }

  /** What a command printed; an error holds its whole output. */
  async run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
    // Not the scratch home of `npm test`: Go keeps its modules and what it compiled below the home.
    const home = { HOME: userInfo().homedir };
    const options = { cwd: this.folder, env: { ...process.env, ...home, ...env } };
    return run(command, [...args], options).then(
      ({ stdout }) => stdout,
      ({ message, stdout, stderr }: { message: string; stdout: string; stderr: string }) => {
        throw new Error(`${message}\n${stdout}${stderr}`);
      },
    );
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
