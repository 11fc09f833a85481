import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { expect } from 'vitest';
import type { Status } from '../../cli/doctor/finding.js';
import type { DoctorReport } from '../../cli/doctor/report.js';
import { TEST_ACCESS_KEY_SECRET } from '../../emulator/index.js';
import { makeEnvironment } from '../../scripts/environment.js';

const ROOT = resolve(__dirname, '../..');
const MAIN = join(ROOT, 'dist/cli/main.js');

/** What no output may hold, besides the secret of the test pair. */
export const HIDDEN = 'word-that-nobody-may-see';

export interface Run {
  readonly code: number;
  readonly text: string;
}

/** A program's folder with what is installed for it, and a `pulumi` that only tells its version. */
export class DoctorWorld {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'doctor-')));
  readonly folder = join(this.root, 'program');
  readonly #tools = join(this.root, 'tools');
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
    this.write('Pulumi.yaml', 'name: media\nruntime: nodejs\n');
    this.write('Pulumi.dev.yaml', 'config:\n  alicloud:accountId: 1000000000000001\n');
    this.write('package.json', '{"dependencies":{"pulumi-alicloud-media":"*"}}');
    this.write('tsconfig.json', '{}');
    this.link('node_modules/pulumi-alicloud-media', ROOT);
    this.link('node_modules/@pulumi/pulumi', join(ROOT, 'node_modules/@pulumi/pulumi'));
    this.pulumi('echo v3.245.0');
  }

  get environment(): NodeJS.ProcessEnv {
    return {
      ...makeEnvironment({ folder: this.root, toolchain: this.#tools, url: this.#url }),
      // No `pulumi` and no plugin of the machine.
      PATH: [this.#tools, dirname(process.execPath), '/usr/bin', '/bin'].join(':'),
    };
  }

  write(path: string, content: string): void {
    const file = join(this.folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content, { mode: 0o755 });
  }

  link(path: string, target: string): void {
    const file = join(this.folder, path);
    mkdirSync(dirname(file), { recursive: true });
    symlinkSync(target, file);
  }

  without(path: string): void {
    rmSync(join(this.folder, path), { recursive: true });
  }

  /** What `pulumi` does; nothing: it is not there. */
  pulumi(does: string | undefined): void {
    mkdirSync(this.#tools, { recursive: true });
    const file = join(this.#tools, 'pulumi');
    if (does === undefined) rmSync(file);
    else writeFileSync(file, `#!/bin/sh\n${does}\n`, { mode: 0o755 });
  }

  /** The doctor as a person starts it. No run may show a secret. */
  async doctor(args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Promise<Run> {
    const run = await new Promise<Run>((done) => {
      execFile(
        process.execPath,
        [MAIN, 'doctor', ...args],
        { cwd: this.folder, env: { ...this.environment, ...env } },
        (error, stdout, stderr) => done({ code: Number(error?.code ?? 0), text: stdout + stderr }),
      );
    });
    for (const secret of [TEST_ACCESS_KEY_SECRET, HIDDEN]) expect(run.text).not.toContain(secret);
    return run;
  }

  /** Where something is to be done, it says what. */
  async report(args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Promise<Told> {
    const { code, text } = await this.doctor([...args, '--json'], env);
    const report = JSON.parse(text) as DoctorReport;
    for (const { name, status, advice } of report.checks)
      if (status === 'problem' || status === 'warning') expect(advice, `advice of ${name}`).not.toEqual([]);
    return new Told(code, report);
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** A report, by its checks. */
export class Told {
  constructor(
    readonly code: number,
    readonly report: DoctorReport,
  ) {}

  /** `status: what it says; what it advises`, of one check. */
  of(name: string): string {
    const found = this.report.checks.find((check) => check.name === name);
    return found === undefined
      ? 'no such check'
      : [`${found.status}: ${found.says}`, ...found.advice].join('\n');
  }

  /** The names of the checks that ended so. */
  with(status: Status): readonly string[] {
    return this.report.checks.filter((check) => check.status === status).map(({ name }) => name);
  }
}
