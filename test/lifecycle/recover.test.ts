import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AuditReport } from '../../cli/audit/report.js';
import type { RecoverReport } from '../../cli/recover/report.js';
import { type Boundary, type Emulator, startEmulator } from '../../emulator/index.js';
import { pluginType } from '../../provider/lifecycle/description.js';
import { YamlStack } from '../plugin/yaml-stack.js';
import { commandLine } from '../support/cli/command-line.js';
import { killTree } from '../support/cli/processes.js';
import { type Host, Stack } from '../support/cli/stack.js';
import { struckAt } from '../support/cli/struck-at.js';
import { IS_FULL, IS_WIDE } from '../support/extent.js';
import { BINDING, BUCKET } from '../support/links/links.js';

// In the order of the program, so that the kill leaves the second one to be begun.
const UP = ['up', '--yes', '--skip-preview', '--parallel=1'];
const BOUNDARIES: readonly Boundary[] = ['arrived', 'before-effect', 'after-effect', 'after-reply'];

let emulator: Emulator;
let stack: Stack | undefined;

beforeEach(async () => {
  emulator = await startEmulator({ limits: false });
  emulator.createProject('media');
  emulator.createDataset('media', 'videos');
});
afterEach(async () => {
  stack?.remove();
  stack = undefined;
  await emulator.close();
});

async function make(host: Host): Promise<Stack> {
  const [binding, bucket] = [BINDING, BUCKET].map(({ inputs }) => JSON.stringify(inputs));
  if (host === 'dynamic') {
    const program = `
const binding = new imm.DatasetBinding('binding', ${binding});
new mps.OutputBucket('bucket', ${bucket}, { dependsOn: [binding] });`;
    return Stack.make({ emulator, program, resident: true });
  }
  const yaml = await YamlStack.make({ emulator });
  const [first, second] = [BINDING, BUCKET].map(({ description, inputs }) => ({
    type: pluginType(description),
    properties: inputs,
  }));
  if (first && second)
    yaml.declare({ binding: first, bucket: { ...second, options: { dependsOn: [`\${binding}`] } } });
  return yaml.stack;
}

/** A file backend is read by its URL, by Pulumi itself, and by its folder. */
async function isInBackend({ environment }: Stack): Promise<void> {
  const url = environment.PULUMI_BACKEND_URL ?? '';
  for (const place of [url, fileURLToPath(url)]) {
    const { out, err } = await commandLine(['audit', '--json', '--state', place], { environment });
    expect(out, err).not.toBe('');
    const { stacks, findings } = JSON.parse(out) as AuditReport;
    expect(stacks).toMatchObject([{ stack: 'lifecycle/test', resources: 2 }]);
    expect(findings.map(({ kind, id }) => `${kind} ${id}`)).toEqual([
      'dangling cn-shanghai/media/videos',
      'dangling cn-shanghai/media',
    ]);
  }
}

/** All of both, all of the plugin and one of the other, or one. */
function isIn(host: Host, boundary: Boundary): boolean {
  return (
    IS_FULL ||
    (IS_WIDE && host === 'plugin') ||
    (boundary === 'after-effect' && (IS_WIDE || host === 'plugin'))
  );
}

const cases = (['plugin', 'dynamic'] as const).flatMap((host) =>
  BOUNDARIES.filter((boundary) => isIn(host, boundary)).map((boundary) => ({
    host,
    boundary,
  })),
);

describe('a killed up', () => {
  it.each(cases)(
    '$host, at $boundary of a create: recover prints one line, with which up goes on, and nothing is left of a destroy',
    async ({ host, boundary }) => {
      stack = await make(host);
      const { folder, environment } = stack;
      const running = stack.start(UP);
      await struckAt(emulator, running, { boundary, actions: [BINDING.makes] }, () =>
        killTree(running.engine),
      );
      await stack.unlock();
      emulator.clearJournal();

      const json = await commandLine(['recover', '--json'], { environment, folder });
      const { creates, adopt } = JSON.parse(json.out || json.err) as RecoverReport;
      expect(creates).toMatchObject([
        { name: 'binding', id: BINDING.id, is: 'ours', stack: 'lifecycle/test' },
      ]);
      expect(adopt).toEqual([BINDING.adoptedBy]);
      const { code, out, err } = await commandLine(['recover', '--stack', 'test'], { environment, folder });
      expect(code, err).toBe(1);
      const line = out.trimEnd().split('\n').at(-1) ?? '';
      expect(line).toBe(`ALICLOUD_MEDIA_ADOPT='${BINDING.id}' pulumi up`);
      expect(emulator.journal().every(({ action }) => /^(Get|List)/.test(action))).toBe(true);

      const args = '--yes --skip-preview --non-interactive --color=never';
      await promisify(execFile)('sh', ['-c', `${line} ${args}`], { cwd: folder, env: environment });
      expect((await stack.links()).map(({ id }) => id).sort()).toEqual([BINDING.id, BUCKET.id]);
      await stack.settled('together');
      await isInBackend(stack);
      await stack.destroy();
      expect(emulator.isEmpty()).toBe(true);
      // The engine keeps the create as pending, and for a minute nobody says that nothing comes of it.
      const after = await commandLine(['recover', '--json'], { environment, folder });
      expect(JSON.parse(after.out)).toMatchObject({ adopt: [] });
    },
  );
});
