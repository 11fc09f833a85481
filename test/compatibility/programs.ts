import { BROUGHT, type ProgramKind, type Setting } from './table.js';

/** A link by either host in each program, so that each row finds the dynamic provider and the plugin; and a function, which asks in the program. */
const BODY = `
const binding = new dynamic.imm.DatasetBinding('videos', {
  projectName: 'media',
  datasetName: 'videos',
  uri: 'oss://originals',
});
const bucket = new plugin.mps.OutputBucket('renditions', { bucket: 'renditions' }, { dependsOn: [binding] });
const { projectName, datasetName, uri, region } = binding;
const found = dynamic.imm.getDatasetBinding({ projectName, datasetName, uri, region });
`;
const COMMONJS = `const dynamic = require('pulumi-alicloud-media');
const plugin = require('pulumi-alicloud-media-plugin');
${BODY}
exports.status = binding.status;
exports.state = found.apply(({ state }) => state);
exports.bound = bucket.boundAt;
exports.node = process.versions.node;
`;
const ESM = `import * as dynamic from 'pulumi-alicloud-media';
import * as plugin from 'pulumi-alicloud-media-plugin';
${BODY}
export const status = binding.status;
export const state = found.apply(({ state }) => state);
export const bound = bucket.boundAt;
export const node = process.versions.node;
`;
/** With types, which a checker holds against those of the package. */
const TYPESCRIPT = `import * as pulumi from '@pulumi/pulumi';
import * as dynamic from 'pulumi-alicloud-media';
import * as plugin from 'pulumi-alicloud-media-plugin';

// Types of Node.js are not the project's.
declare const process: { readonly versions: { readonly node: string } };
${BODY}
export const status: pulumi.Output<'Active' | 'Stopped' | 'Failed'> = binding.status;
export const state: pulumi.Output<string> = found.apply(({ state }) => state);
export const bound: pulumi.Output<string> = bucket.boundAt;
export const node: string = process.versions.node;
`;

const OPTIONS: Readonly<Record<ProgramKind, readonly string[]>> = {
  CommonJS: ['typescript: false'],
  ESM: ['typescript: false'],
  'ts-node': [],
  'ts-node, ESM': [],
  tsx: ['typescript: false', 'nodeargs: --import tsx'],
};

/** The files of a program beside its package.json, and what that has to say of it. */
export function programOf({ program, typescript = BROUGHT }: Setting): {
  readonly manifest: object;
  readonly files: Readonly<Record<string, string>>;
  /** Lines of Pulumi.yaml. */
  readonly runtime: string;
} {
  const isModule = program === 'ESM' || program === 'ts-node, ESM';
  const isTypeScript = program !== 'CommonJS' && program !== 'ESM';
  const text = isTypeScript ? TYPESCRIPT : isModule ? ESM : COMMONJS;
  const options = OPTIONS[program];
  return {
    manifest: {
      main: isTypeScript ? 'index.ts' : 'index.js',
      ...(isModule && { type: 'module' }),
    },
    files: {
      [isTypeScript ? 'index.ts' : 'index.js']: text,
      ...(isTypeScript && { 'tsconfig.json': `${JSON.stringify(tsconfig(typescript), undefined, 2)}\n` }),
    },
    runtime: `runtime:\n  name: nodejs\n${options.length > 0 ? '  options:\n' : ''}${options.map((line) => `    ${line}\n`).join('')}`,
  };
}

/** What `pulumi new typescript` writes, in the words that the version knows. */
function tsconfig(version: string): object {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const hasNodeNext = major > 4 || (major === 4 && minor >= 7);
  return {
    compilerOptions: {
      strict: true,
      outDir: 'bin',
      target: 'es2020',
      module: hasNodeNext ? 'nodenext' : 'commonjs',
      moduleResolution: hasNodeNext ? 'nodenext' : 'node',
      sourceMap: true,
      experimentalDecorators: true,
      noFallthroughCasesInSwitch: true,
      noImplicitReturns: true,
      forceConsistentCasingInFileNames: true,
    },
    files: ['index.ts'],
  };
}
