import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { dropAccounts } from '../environment.js';
import { findRoot } from '../root.js';
import { makeOnce } from './cache.js';
import { runCommand } from './command.js';
import { cli, copyDynamicProvider, findOnPath, languageHost } from './files.js';
import { isToolchain } from './version.js';
import type { Say, Way } from './way.js';

const cliVersion = '3.245.0';
const nodeHostVersion = '3.66.0';

interface Program {
  /** A module of our own in scripts/toolchain-go/: `go install pkg@version` refuses modules with `replace` lines. */
  readonly module: string;
  readonly package: string;
  readonly output: string;
  /** Set at link time; without it the CLI calls itself v3.0.0-dev. */
  readonly flags: string;
}

const programs: readonly Program[] = [
  {
    module: 'cli',
    package: 'github.com/pulumi/pulumi/pkg/v3/cmd/pulumi',
    output: cli,
    flags: `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${cliVersion}`,
  },
  {
    // The newest version of the module that still contains the Node.js language host.
    module: 'language-nodejs',
    package: 'github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs',
    output: languageHost,
    flags: '-s -w',
  },
];

/** The CLI and the language host, built from Go modules whose sums are checked in. */
export const goBuild: Way = {
  name: 'go',
  title: 'a build from Go modules',
  async kept({ cache, say }) {
    const folder = folderIn(cache);
    if (!(await isToolchain(folder))) return undefined;
    say(`toolchain: pulumi v${cliVersion}, built from Go modules before`);
    return folder;
  },
  async find({ cache, env, say }) {
    const go = findOnPath(process.platform === 'win32' ? 'go.exe' : 'go', env.PATH);
    if (go === undefined) throw new Error('go is not installed');
    const folder = await makeOnce(folderIn(cache), isToolchain, async (draft) => {
      say('toolchain: building pulumi from Go modules; the first time takes about 5 minutes on two cores');
      for (const program of programs) await build(program, draft, env, say);
      await copyDynamicProvider(draft);
    });
    say(`toolchain: pulumi v${cliVersion} built from Go modules`);
    return folder;
  },
};

function folderIn(cache: string): string {
  return join(cache, `go-${cliVersion}-${nodeHostVersion}-${process.platform}-${process.arch}`);
}

async function build(program: Program, folder: string, env: NodeJS.ProcessEnv, say: Say): Promise<void> {
  const started = Date.now();
  let downloaded = 0;
  let compiled = 0;
  let saidAt = 0;
  const module = join(findRoot(), 'scripts', 'toolchain-go', program.module);
  const goal = join(folder, program.output);
  const args = ['build', '-mod=readonly', '-buildvcs=false', '-v', '-ldflags', program.flags, '-o', goal];
  const result = await runCommand('go', [...args, program.package], {
    cwd: module,
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
  say(`toolchain: ${program.output} built in ${Math.round((Date.now() - started) / 1000)} s`);
}
