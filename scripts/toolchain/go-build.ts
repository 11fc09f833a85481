import { basename, join } from 'node:path';
import { makeOnce } from './cache.js';
import { cli, copyDynamicProvider, languageHost } from './files.js';
import { build, type Program, requireGo } from './go-module.js';
import { isToolchain } from './version.js';
import type { Way } from './way.js';

const cliVersion = '3.245.0';
const nodeHostVersion = '3.66.0';

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
    requireGo(env);
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

/** Whether a folder is that of this way, whose hosts are older than its CLI. */
export function isGoBuild(folder: string): boolean {
  return basename(folder).startsWith('go-');
}
