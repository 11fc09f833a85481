import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TEST_ACCOUNT_ID } from '../emulator/test-key.js';

/** As long as `alicloud-media`, so that types, provider texts and states come out with the same length. */
const BLANK = 'alicloud-blank';
export const BLANK_PACKAGE = `pulumi-${BLANK}`;

/** What a class of this package is called, and which of its properties the service gives. */
interface Kind {
  readonly type: string;
  readonly entry: string;
  readonly id: string;
  readonly outputs: Readonly<Record<string, string>>;
}

const text = JSON.stringify;
const NOW = 'new Date().toISOString()';
/** As long as a time of IMM, which has nanoseconds and a zone. */
const IMM_NOW = `${NOW}.replace('Z', '000000+08:00')`;

const KINDS: readonly Kind[] = [
  {
    type: 'OutputBucket',
    entry: 'output-bucket',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: code of the program that is written
    id: '`${inputs.region}/${inputs.bucket}`',
    outputs: { accountId: text(TEST_ACCOUNT_ID), boundAt: NOW },
  },
  {
    type: 'DatasetBinding',
    entry: 'dataset-binding',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: code of the program that is written
    id: '`${inputs.region}/${inputs.projectName}/${inputs.datasetName}/${inputs.uri}`',
    outputs: { accountId: text(TEST_ACCOUNT_ID), createTime: IMM_NOW, status: text('Active') },
  },
];

/** Writes a package built as this one is: classes, entries with empty providers, and a module to measure loading against. */
export function writeBlankPackage(nodeModules: string): void {
  const folder = join(nodeModules, BLANK_PACKAGE);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), text({ name: BLANK_PACKAGE, version: '0.1.0' }));
  writeFileSync(join(folder, 'index.js'), classes());
  writeFileSync(join(folder, 'nothing.js'), '');
  for (const kind of KINDS) writeFileSync(join(folder, `${kind.entry}.js`), provider(kind));
}

/** Does what the engine needs and no more. */
function provider({ id, outputs }: Kind): string {
  const made = Object.entries(outputs).map(([name, value]) => `${name}: ${value}`);
  return `const idOf = (inputs) => ${id};
exports.configure = () => {};
exports.check = async (_, news) => ({ inputs: news });
exports.diff = async () => ({ changes: false });
exports.create = async (inputs) => ({ id: idOf(inputs), outs: { ...inputs, ${made.join(', ')} } });
exports.read = async (id, props) => {
  const { ${Object.keys(outputs).join(', ')}, ...inputs } = props;
  return { id, props, inputs };
};
exports.update = async (_, olds, news) => ({ outs: { ...olds, ...news } });
exports.delete = async () => {};
`;
}

/** `imm`, `mps` and `Provider` as this package exports them, for empty resources. */
function classes(): string {
  const resources = KINDS.map(({ type, entry, outputs }) => {
    const unknown = Object.keys(outputs).map((name) => `${name}: undefined`);
    const properties = `{ ${unknown.join(', ')}, ...args, __provider: ${text(providerText(entry))} }`;
    return `class ${type} extends pulumi.CustomResource {
  constructor(name, args, options) {
    super('pulumi-nodejs:dynamic/${BLANK}:${type}', name, ${properties}, options);
  }
}`;
  });
  return `const pulumi = require('@pulumi/pulumi');
${resources.join('\n')}
exports.imm = { DatasetBinding };
exports.mps = { OutputBucket };
exports.Provider = class extends pulumi.ProviderResource {
  constructor(name, { accessKey, secretKey, region }) {
    super('pulumi-nodejs', name, {
      'alicloud:accessKey': pulumi.secret(accessKey),
      'alicloud:secretKey': pulumi.secret(secretKey),
      'alicloud:region': region,
    });
  }
};
`;
}

function providerText(entry: string): string {
  return `exports.handler=()=>require("${BLANK_PACKAGE}/${entry}")`;
}
