import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { PUBLICATION } from '../../scripts/publication.js';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, string | boolean>>;
}
interface Job {
  readonly 'timeout-minutes'?: number;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly string[]>> };
  readonly steps: readonly Step[];
}
interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: unknown;
  readonly concurrency?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

const ROOT = resolve(__dirname, '../..');
const FOLDER = '.github/workflows';
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const FILES = readdirSync(join(ROOT, FOLDER)).map((name) => {
  const text = read(join(FOLDER, name));
  return { name, text, workflow: parse(text) as Workflow };
});
const JOBS = FILES.flatMap(({ name, workflow }) =>
  Object.entries(workflow.jobs).map(([id, job]) => ({ name: `${name} ${id}`, id, job })),
);
const STEPS = JOBS.flatMap(({ name, job }) => job.steps.map((step) => ({ name, step })));
const RUNS = STEPS.flatMap(({ name, step }) => (step.run === undefined ? [] : [{ name, run: step.run }]));

const manifest = JSON.parse(read('package.json')) as {
  name: string;
  scripts: Record<string, string>;
  engines: { node: string };
};
const job = (file: string, id: string): Job | undefined =>
  FILES.find(({ name }) => name === file)?.workflow.jobs[id];
const mayWrite = ({ permissions = {} }: Job) => Object.values(permissions).some((each) => each === 'write');

describe('a workflow', () => {
  it.each(FILES)('may only read, unless a job of it says more: $name', ({ workflow }) => {
    expect(workflow.permissions).toEqual({ contents: 'read' });
    expect(workflow.concurrency).toBeDefined();
  });

  it('uses no secret, and never runs code of a stranger with the rights of the repository', () => {
    for (const { name, text, workflow } of FILES) {
      expect(text.match(/secrets\.\w+/g) ?? [], name).toEqual([]);
      expect(Object.keys(workflow.on), name).not.toContain('pull_request_target');
    }
  });

  it('puts nothing of an event into a command, where it would be run', () => {
    expect(RUNS.filter(({ run }) => run.includes('${{'))).toEqual([]);
  });

  it('runs what is there', () => {
    const missing = RUNS.flatMap(({ run }) => [...run.matchAll(/npm run (?:-s )?([\w:]+)/g)])
      .map(([, script = '']) => script)
      .filter((script) => manifest.scripts[script] === undefined);
    expect(missing).toEqual([]);
    expect(RUNS.map(({ run }) => run)).toEqual(
      expect.arrayContaining(['npm run test:wide', 'npm run check', 'npm ci --ignore-scripts']),
    );
  });

  it('takes actions from GitHub itself, and from PyPA the one that publishes to PyPI', () => {
    const used = STEPS.flatMap(({ step }) => step.uses ?? []);
    expect(used.filter((each) => !/^actions\/[a-z-]+@v\d+$/.test(each))).toEqual([
      'pypa/gh-action-pypi-publish@release/v1',
    ]);
  });

  it('leaves no key of the repository in a checkout', () => {
    const checkouts = STEPS.filter(({ step }) => step.uses?.startsWith('actions/checkout@'));
    expect(checkouts.length).toBeGreaterThan(2);
    for (const { name, step } of checkouts) expect(step.with?.['persist-credentials'], name).toBe(false);
  });
});

it.each(JOBS)('a job ends by itself: $name', ({ job }) => {
  expect(job['timeout-minutes']).toBeGreaterThan(0);
});

it.each(JOBS.filter(({ job }) => mayWrite(job)))(
  'a job that may write waits for a person, and runs nothing of the project: $name',
  ({ name, job: { environment, steps } }) => {
    expect(name).toMatch(/^release\.yml /);
    expect(environment).toBe('release');
    for (const { uses = '', run = '' } of steps) {
      expect(uses).not.toMatch(/checkout/);
      expect(run).not.toMatch(/\bnpm (ci|run|install|exec)\b|\bnpx\b|\bpip\b|scripts\//);
    }
  },
);

describe('a release', () => {
  it('may in each job just what that one does', () => {
    const rights = JOBS.filter(({ job }) => mayWrite(job)).map(({ id, job }) => [id, job.permissions]);
    expect(Object.fromEntries(rights)).toEqual({
      attest: { 'id-token': 'write', attestations: 'write' },
      github: { contents: 'write' },
      npm: { 'id-token': 'write' },
      pypi: { 'id-token': 'write' },
      go: { contents: 'write' },
    });
  });

  it('sends every npm package with its provenance', () => {
    const { strategy, steps = [] } = job('release.yml', 'npm') ?? {};
    expect(strategy?.matrix.package).toEqual([manifest.name, PUBLICATION.npm]);
    const [publish] = steps.flatMap(({ run }) => run ?? []);
    expect(publish).toMatch(/^npm publish .* --provenance --access public/);
  });

  it('checks the tag, then tests, then builds', () => {
    const runs = job('release.yml', 'build')?.steps.flatMap(({ run }) => run ?? []) ?? [];
    expect(runs.slice(1, 4)).toEqual([
      'npm run -s release -- --check "$GITHUB_REF_NAME"',
      'npm run test:wide',
      'npm run -s release -- --out dist/release',
    ]);
  });
});

describe('the versions of Node.js in CI', () => {
  const tested = job('ci.yml', 'check')?.strategy?.matrix.node ?? [];

  it('begin with the oldest that package.json promises', () => {
    expect(manifest.engines.node).toBe(`>=${tested[0]}`);
  });

  it('and its systems are those of docs/internals/releasing.md', () => {
    const page = read('docs/internals/releasing.md');
    const rows = [...page.matchAll(/^\| (Linux|macOS|Windows) +\| ([^|]+?) +\|/gm)];
    expect(rows.map(([, system = '', versions = '']) => [system, versions])).toEqual([
      ['Linux', tested.join(', ')],
      ['macOS', '22'],
      ['Windows', '22'],
    ]);
  });
});
