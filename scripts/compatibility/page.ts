import { table } from '../markdown-table.js';

/** What a test has told of a row of `test/compatibility/table.ts`. */
export interface Result {
  readonly dimension: string;
  readonly value: string;
  /** Those that took part, where it was run. */
  readonly versions?: {
    readonly node: string;
    readonly pulumi: string;
    readonly manager: string;
    readonly typescript?: string;
  };
  readonly notRun?: string;
}

/** What stands above the table. */
export const HEAD = `# Compatibility

Written by \`npm run compatibility\`; do not edit.

Each row that says "ran" is an empty project into which the packed package and the SDK of its plugin were installed. Its program has a
dynamic resource and a resource of the plugin, so each row finds the dynamic provider and the plugin in what its package manager has laid out. On
the [emulator](../internals/emulator.md), \`pulumi up\` made both, \`pulumi preview\` had nothing to do, and \`pulumi destroy\` left nothing.
What could not be run is named with the reason: nobody has seen it work, and nothing is known against it but what stands there.

The base is a program in JavaScript, installed by npm. A row differs from it in what the row names, and in what its versions show. A Pulumi CLI that the tests have
built comes with a language host that [stands in for Pulumi's](../internals/toolchain.md#what-is-pulumis-and-what-stands-in-for-it). \`npm test\` runs the corners of this
table, \`npm run test:wide\` more of it.

- From 3.249 on \`@pulumi/pulumi\` asks for Node.js 22. With Node.js 20 install an older one: \`npm install @pulumi/pulumi@3.248\`. Yarn 1 refuses the newer ones there, others only warn.
- Yarn 4 needs \`nodeLinker: node-modules\` in \`.yarnrc.yml\`.
- tsx needs \`typescript: false\` and \`nodeargs: --import tsx\` among the options of \`runtime\` in Pulumi.yaml, and \`"main": "index.ts"\` in package.json.
- A row with a TypeScript of its own has a ts-node of its own, too, which ESM needs.
- Each row names the plugin in Pulumi.yaml under \`plugins.providers\`, with the \`path\` of a \`node_modules/.bin\`, where every package manager puts it: in a workspace that of the member or of the root.
`;

/** The page, with what is the same for all rows before them. */
export function compatibilityPage(machine: string, results: readonly Result[]): string {
  const rows = results.map(({ dimension, value, versions, notRun }) => [
    dimension,
    value,
    versions === undefined ? `not run: ${notRun}` : 'ran',
    versions === undefined ? '' : versionsOf(versions),
  ]);
  return `${[HEAD, `${machine}`, '', ...table([['what', 'which', 'result', 'versions'], ...rows])].join('\n')}\n`;
}

function versionsOf({ node, pulumi, manager, typescript }: NonNullable<Result['versions']>): string {
  const compiled = typescript === undefined ? [] : [`TypeScript ${typescript}`];
  return [`Node.js ${node}`, `@pulumi/pulumi ${pulumi}`, ...compiled, manager].join(', ');
}

/** The results in the lines of a report. */
export function resultsIn(report: string): readonly Result[] {
  return report
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Result);
}
