import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { IS_WIDE } from '../support/extent.js';

const ROOT = resolve(__dirname, '../..');
const NAME = 'pulumi-alicloud-media';
const { exports } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  exports: Record<string, unknown>;
};
const ENTRIES = Object.keys(exports).filter((entry) => entry !== './package.json');

/** What `pulumi new typescript` writes, but that nothing is written here. */
const TEMPLATE: ts.CompilerOptions = {
  strict: true,
  target: ts.ScriptTarget.ES2020,
  module: ts.ModuleKind.CommonJS,
  moduleResolution: ts.ModuleResolutionKind.Node10,
  // TypeScript 6 has to be told.
  ignoreDeprecations: '6.0',
  experimentalDecorators: true,
  noFallthroughCasesInSwitch: true,
  noImplicitReturns: true,
  forceConsistentCasingInFileNames: true,
  noEmit: true,
};
const { ignoreDeprecations: _, ...others } = TEMPLATE;
/** The types of what it depends on were read for the template; each time would cost seconds. */
const MODERN: ts.CompilerOptions = { ...others, skipLibCheck: true };
const OPTIONS: Readonly<Record<string, ts.CompilerOptions>> = {
  node10: TEMPLATE,
  node16: { ...MODERN, module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16 },
  nodenext: { ...MODERN, module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
  bundler: { ...MODERN, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
};

let folder: string;
let program: string;
/** A project that has the package and what it depends on, and its types of Node from the checkout. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'entries-'));
  mkdirSync(join(folder, 'node_modules'));
  for (const name of ['@pulumi', '@types', NAME])
    symlinkSync(name === NAME ? ROOT : join(ROOT, 'node_modules', name), join(folder, 'node_modules', name));
  writeFileSync(join(folder, 'package.json'), '{"private":true}\n');
  program = join(folder, 'index.ts');
  const lines = ENTRIES.map(
    (entry, index) => `import * as entry${index} from '${NAME}${entry.slice(1)}';\nexport { entry${index} };`,
  );
  const use = `import { imm } from '${NAME}';
import { startEmulator } from '${NAME}/emulator';

export const state: import('@pulumi/pulumi').Output<string | undefined> = new imm.Project('p', { projectName: 'p' }).description;
export const url: Promise<string> = startEmulator().then((emulator) => emulator.url);
`;
  writeFileSync(program, `${lines.join('\n')}\n${use}`);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each(IS_WIDE ? Object.keys(OPTIONS) : ['node16'])(
  'every entry has its types under moduleResolution %s',
  (resolution) => {
    const compiled = ts.createProgram([program], { ...OPTIONS[resolution], types: ['node'] });
    const problems = ts.getPreEmitDiagnostics(compiled).map(({ file, messageText }) => {
      return `${file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
    });
    expect(problems).toEqual([]);
    expect(ENTRIES.length).toBeGreaterThan(5);
  },
);
