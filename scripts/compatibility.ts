import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compatibilityPage, resultsIn } from './compatibility/page.js';
import { makeEnvironment } from './environment.js';
import { findRoot } from './root.js';
import { findToolchainForTests } from './test/toolchain.js';
import { vitest } from './test/vitest.js';
import { folderVariable } from './toolchain.js';

const PAGE = join('docs', 'reference', 'compatibility.md');
const SYSTEMS: Readonly<Record<string, string>> = { linux: 'Linux', darwin: 'macOS', win32: 'Windows' };

const say = (text: string): boolean => process.stdout.write(`${text}\n`);

/** Runs the whole table and writes it; with arguments, which go on to vitest, a part of it, and writes nothing. */
export async function main(args: readonly string[]): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'pulumi-alicloud-media-compatibility-'));
  try {
    const toolchain = await findToolchainForTests(say);
    const report = join(folder, 'report.jsonl');
    const environment = {
      ...makeEnvironment({ folder, toolchain }),
      [folderVariable]: toolchain,
      PULUMI_ALICLOUD_MEDIA_TESTS: 'full',
      PULUMI_ALICLOUD_MEDIA_COMPATIBILITY: report,
      VITE_CONFIG_NATIVE_IGNORE_WARNING: 'true',
    };
    const root = findRoot();
    const options = ['run', '--project', 'compatibility', '--reporter=verbose', ...args];
    const code = await vitest(root, options, environment);
    if (code !== 0) say(`${PAGE} stays as it is: a row failed.`);
    if (code !== 0 || args.length > 0) return code;
    const cli = execFileSync(join(toolchain, 'pulumi'), ['version'], { encoding: 'utf8', env: environment });
    const system = SYSTEMS[process.platform] ?? process.platform;
    const machine = `Run on ${system} ${process.arch}, with the Pulumi CLI ${cli.trim().replace(/^v/, '')}.`;
    const page = compatibilityPage(machine, resultsIn(await readFile(report, 'utf8')));
    await writeFile(join(root, PAGE), page);
    say(`wrote ${PAGE}`);
    return 0;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
