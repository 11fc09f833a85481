import { execFile } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { record } from '../../provider/lifecycle/values.js';
import type { Check } from './check.js';
import type { Context } from './context.js';
import { ok, problem, skip, warning } from './finding.js';
import { installedFrom, ownManifest } from './installed.js';
import { isWithin } from './versions.js';

const PULUMI = '@pulumi/pulumi';

const node: Check = {
  name: 'Node.js',
  description: 'Is Node.js new enough for this package?',
  run() {
    const range = String(record(ownManifest().engines)?.node);
    const { version } = process;
    if (isWithin(version, range)) return ok(version);
    return problem(`${version}; this package needs ${range}`, 'Install a newer Node.js.');
  },
};

const cli: Check = {
  name: 'Pulumi CLI',
  description: 'Is `pulumi` on PATH, and which version is it?',
  async run({ environment, asked }) {
    const said = await pulumiVersion(environment, asked.time);
    if (said === 'missing')
      return problem('pulumi is not on PATH', 'Install it: https://www.pulumi.com/docs/install/');
    const [version] = /^v?\d+\.\d+\.\d+\S*/m.exec(said) ?? [];
    if (version === undefined)
      return warning('`pulumi version` told no version', 'Run it by hand, and see what it says.');
    if (isWithin(version, '>=3 <4')) return ok(version);
    return warning(`${version}; only 3.x was ever tried`, 'Install Pulumi 3.');
  },
};

function pulumiVersion(environment: NodeJS.ProcessEnv, time: number): Promise<string> {
  const env = { ...environment, PULUMI_SKIP_UPDATE_CHECK: 'true' };
  return new Promise((done) => {
    execFile('pulumi', ['version'], { env, timeout: time, encoding: 'utf8' }, (error, stdout) => {
      done(error?.code === 'ENOENT' ? 'missing' : stdout);
    });
  });
}

const sdk: Check = {
  name: PULUMI,
  description: 'Which @pulumi/pulumi does the program find, and is it within the range of this package?',
  run(context) {
    const { program } = context;
    if ('missing' in program) return skip('there is no program');
    const range = String(record(ownManifest().peerDependencies)?.[PULUMI]);
    const found = installedFrom(mainFolder(context), PULUMI);
    if (found === undefined) {
      const says = `not found from the program's folder`;
      const advice = `Install it there: npm install ${PULUMI}`;
      return program.found.runtime === 'nodejs'
        ? problem(says, advice)
        : skip(`${says}, and it may be elsewhere`, advice);
    }
    if (isWithin(found.version, range)) return ok(found.version);
    return problem(
      `${found.version}; this package needs ${range}`,
      `Install another: npm install '${PULUMI}@${range}'`,
    );
  },
};

const typescript: Check = {
  name: 'TypeScript',
  description: 'Which TypeScript does the program use, and does its @pulumi/pulumi take it?',
  run(context) {
    const { program } = context;
    if ('missing' in program || !program.found.usesTypeScript)
      return skip('the program is not compiled by Pulumi');
    const pulumi = installedFrom(mainFolder(context), PULUMI);
    if (pulumi === undefined) return skip(`without ${PULUMI} nothing compiles it`);
    // It is Pulumi's SDK that loads the compiler, from where it really stands.
    const found = installedFrom(realpathSync(pulumi.folder), 'typescript');
    if (found === undefined)
      return warning(
        'none is installed, so Pulumi compiles with the old one that it brings along (3.8)',
        'Install one: npm install --save-dev typescript@5',
      );
    const range = String(record(pulumi.manifest.peerDependencies)?.typescript ?? '>=3.8');
    if (isWithin(found.version, range)) return ok(found.version);
    return problem(
      `${found.version}; ${PULUMI} ${pulumi.version} takes ${range}`,
      'Install a TypeScript of that range, or a newer @pulumi/pulumi.',
    );
  },
};

/** Without a program the folder itself. */
export function mainFolder({ program, asked }: Context): string {
  return 'found' in program ? program.found.mainFolder : asked.folder;
}

export const versionChecks: readonly Check[] = [node, cli, sdk, typescript];
