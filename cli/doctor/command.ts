import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { Option } from 'commander';
import { REGION_ID, REGION_RULE } from '../../provider/alicloud/configuration/region-id.js';
import type { CliCommand } from '../command.js';
import { jsonText } from '../json-text.js';
import { UsageError } from '../usage-error.js';
import { CHECKS } from './checks.js';
import { type Asked, contextOf } from './context.js';
import { reportOf } from './report.js';
import { runChecks } from './run-checks.js';
import { show } from './show.js';

/** The options as they are given. */
interface DoctorArgs {
  readonly stack?: string;
  readonly cwd?: string;
  readonly project?: string;
  readonly dataset?: string;
  readonly region?: string;
  readonly timeout?: string;
  readonly json?: true;
}

const DEFAULT_TIMEOUT = 10;
const MOST_TIMEOUT = 600;

export const doctorCommand: CliCommand<DoctorArgs> = {
  name: 'doctor',
  summary: 'say why it does not work here, and what to do',
  about:
    'Looks at the program in this folder, its configuration, what is installed for it, the credentials, the network and ' +
    'the permissions. It sends only calls that read, and changes nothing.',
  options: [
    new Option(
      '--stack <name>',
      'whose Pulumi.<stack>.yaml is read; default: the selected one, or the only one',
    ),
    new Option('--cwd <folder>', 'the folder of the program; default: this one'),
    new Option('--project <name>', 'an IMM project, to ask what may be read of it'),
    new Option('--dataset <name>', 'a dataset of that project, likewise'),
    new Option('--region <region>', 'in place of the region that is configured'),
    new Option('--timeout <seconds>', `for each check; default ${DEFAULT_TIMEOUT}`),
    new Option('--json', 'as JSON for a ticket, whose schema is docs/reference/schemas/doctor.json'),
  ],
  examples: [
    { line: 'npx pulumi-alicloud-media doctor', does: 'all that can be told without a name' },
    {
      line: 'npx pulumi-alicloud-media doctor --project media --dataset videos',
      does: 'the permissions to read this project and dataset, too',
    },
  ],
  exits: ['no problem was found', 'a problem was found'],

  async run(args, terminal) {
    const context = contextOf(readArgs(args), terminal.environment);
    const results = await runChecks(CHECKS, context, ({ name }) => terminal.progress(`checking: ${name}`));
    terminal.progress();
    terminal.out(args.json ? jsonText(reportOf(context, results)) : show(results, terminal));
    return results.some(({ status }) => status === 'problem') ? 1 : 0;
  },
};

function readArgs({ stack, cwd, project, dataset, region, timeout }: DoctorArgs): Asked {
  const folder = resolve(cwd ?? '.');
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new UsageError(`--cwd takes a folder, and ${cwd} is none`);
  if (dataset !== undefined && project === undefined)
    throw new UsageError('--dataset needs --project: a dataset is one of a project');
  if (region !== undefined && !REGION_ID.test(region))
    throw new UsageError(`--region takes ${REGION_RULE}, not ${region}`);
  const time = Number(timeout ?? DEFAULT_TIMEOUT) * 1000;
  if (!(time > 0 && time <= MOST_TIMEOUT * 1000))
    throw new UsageError(`--timeout takes seconds, up to ${MOST_TIMEOUT}`);
  return { folder, stack, project, dataset, region, time };
}
