import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { makeEnvironment } from '../../../scripts/environment.js';

const ROOT = resolve(__dirname, '../../..');
const run = promisify(execFile);

/** What a program asked its mocks for. */
export interface Asked {
  readonly token: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly provider?: string;
}

/** What came of one program. */
export interface Outcome {
  /** Every function that it called, in the words that the mock was given. */
  readonly asked: readonly Asked[];
  /** The types and the inputs of the resources that it made. */
  readonly made: readonly { readonly type: string; readonly inputs: Readonly<Record<string, unknown>> }[];
  readonly exported: Readonly<Record<string, unknown>>;
  /** The messages of its errors, each once. */
  readonly errors: readonly string[];
}

/** Everything but the program itself, in the manner of a unit test of a user. */
const AROUND = (program: string) => `
const pulumi = require('@pulumi/pulumi');
const outcome = { asked: [], made: [], exported: {}, errors: [] };
const mocks = {
  newResource: ({ type, name, inputs, id }) => {
    outcome.made.push({ type, inputs });
    return { id: id || name + '-id', state: inputs };
  },
  call: ({ token, inputs, provider }) => {
    outcome.asked.push({ token, inputs, provider });
    if (inputs.uri === 'oss://fails') throw Object.assign(new Error(), { details: 'the mock says no' });
    return { id: 'mocked', state: 'Stopped', phase: '', reason: 'mocked', createTime: 'never' };
  },
};
pulumi.runtime.setMocks(mocks);
const { imm, mps, Provider } = require('pulumi-alicloud-media');
// An output that failed fails all that is made from it.
const failed = ({ message }) => void (outcome.errors.includes(message) || outcome.errors.push(message));
process.on('unhandledRejection', failed);
process.on('exit', () => console.log(JSON.stringify(outcome)));
const trying = (work) => { try { return work(); } catch (error) { failed(error); } };
const shown = (name, output) => output?.apply((value) => { outcome.exported[name] = value; });
${program}
`;

/** A project with this package beside an @pulumi/pulumi of its own, and with another copy of the package. */
export class MockedProject {
  private constructor(
    readonly folder: string,
    readonly environment: NodeJS.ProcessEnv,
  ) {}

  /** `peer` is the folder of one end of the peer range. Whatever is sent by mistake reaches `url`. */
  static make(peer: string, url: string): MockedProject {
    mkdirSync(join(ROOT, '.test'), { recursive: true });
    const folder = mkdtempSync(join(ROOT, '.test/mocked-'));
    const modules = join(folder, 'node_modules');
    for (const name of ['pulumi-alicloud-media', 'second-copy']) {
      // Copied, not linked: from its real place the package would find the checkout's own @pulumi/pulumi.
      cpSync(join(ROOT, 'dist/provider'), join(modules, name, 'dist/provider'), { recursive: true });
      cpSync(join(ROOT, 'package.json'), join(modules, name, 'package.json'));
    }
    symlinkSync(join(peer, 'node_modules/@pulumi'), join(modules, '@pulumi'));
    return new MockedProject(folder, makeEnvironment({ folder: join(folder, 'home'), url }));
  }

  /** Runs a program; `trying` and `shown` keep what it throws and what its outputs come to. */
  async run(program: string): Promise<Outcome> {
    writeFileSync(join(this.folder, 'index.js'), AROUND(program));
    const { stdout } = await run(process.execPath, ['index.js'], {
      cwd: this.folder,
      env: this.environment,
    });
    return JSON.parse(stdout.slice(stdout.lastIndexOf('\n', stdout.length - 2) + 1));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
