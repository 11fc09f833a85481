import { Option } from 'commander';
import { repeated } from '../accounts.js';
import type { CliCommand } from '../command.js';
import { readGiven } from '../read-file.js';
import { readStacks } from '../states/read-states.js';
import type { StackState } from '../states/stack-state.js';
import { UsageError } from '../usage-error.js';
import { missingIn } from './compare.js';
import { COMMAND_STEPS, EVERYTHING, policyOf, type Subject, unbounded } from './policy.js';

interface PolicyArgs {
  readonly stack?: readonly string[];
  readonly state?: readonly string[];
  readonly for?: readonly string[];
  readonly account?: string;
  readonly compare?: string;
}

/** Without --for: the life of a stack, from nothing to nothing. */
const LIFE = ['preview', 'up', 'refresh', 'destroy'];

export const policyCommand: CliCommand<PolicyArgs> = {
  name: 'policy',
  summary: 'the least RAM policy with which a stack works',
  about:
    'Prints the RAM policy with just the permissions of the resources of a stack. It sends no request and needs no credentials of Alibaba Cloud.',
  options: [
    new Option('--stack <name>', 'a stack; default: the selected one; repeatable').argParser(repeated),
    new Option('--state <where>', 'or its state, as audit takes it; repeatable').argParser(repeated),
    new Option('--for <command>', `${Object.keys(COMMAND_STEPS).join(', ')}; repeatable`).argParser(repeated),
    new Option('--account <id>', 'of which account, where the state has several'),
    new Option('--compare <file>', 'do not print it: say what this policy lacks of it'),
  ],
  examples: [
    {
      line: 'npx pulumi-alicloud-media policy --for destroy',
      does: 'what a destroy of the selected stack needs',
    },
    { line: 'npx pulumi-alicloud-media policy --for audit', does: 'what an audit of a whole account needs' },
  ],
  exits: ['it was printed, or the compared one has all of it', 'the compared one lacks something'],

  async run({ stack = [], state = [], for: commands = LIFE, account, compare }, terminal) {
    const unknown = commands.filter((command) => !Object.hasOwn(COMMAND_STEPS, command));
    if (unknown.length > 0)
      throw new UsageError(`--for takes ${Object.keys(COMMAND_STEPS).join(', ')}, not ${unknown}`);
    const isAudit = commands.includes('audit');
    if (isAudit && commands.length > 1) throw new UsageError('--for audit stands alone: it is of no stack');
    const given = compare === undefined ? undefined : readGiven(compare).toString('utf8');
    const steps = commands.flatMap((command) => COMMAND_STEPS[command] ?? []);
    const subjects = isAudit ? EVERYTHING : subjectsIn(await readStacks(stack, state, terminal), account);
    const policy = policyOf(subjects, steps);
    if (policy.Statement.length === 0) {
      terminal.note(
        'Nothing is needed: no resource of this package, or nothing but STS GetCallerIdentity, which needs no permission.',
      );
      return 0;
    }
    if (given !== undefined) {
      const missing = missingIn(given, policy);
      for (const each of missing) terminal.out(`missing: ${each}\n`);
      if (missing.length === 0) terminal.note(`${compare} has all that is needed.`);
      return missing.length === 0 ? 0 : 1;
    }
    for (const [action, source] of unbounded(subjects, steps))
      terminal.note(
        `${action}: on every resource, since it has no permission for a part of them (${source}).`,
      );
    terminal.out(`${JSON.stringify(policy, undefined, 2)}\n`);
    return 0;
  },
};

/** The resources of one account: a policy stands in one. */
function subjectsIn(states: readonly StackState[], asked: string | undefined): readonly Subject[] {
  const links = states.flatMap((state) => state.links);
  const accounts = [...new Set(links.flatMap(({ account }) => account ?? []))].sort();
  if (asked === undefined && accounts.length > 1)
    throw new UsageError(
      `the state has resources in the accounts ${accounts.join(', ')}: choose one with --account`,
    );
  const account = asked ?? accounts[0];
  const own = links.filter((link) => link.account === undefined || link.account === account);
  const created = states.flatMap((state) => state.pending);
  return [
    ...own.map(({ lifecycle, id, outputs }) => ({
      lifecycle,
      properties: { ...outputs, ...lifecycle.inputsOf(id), accountId: account },
    })),
    ...created.map(({ lifecycle, inputs }) => ({ lifecycle, properties: { ...inputs, accountId: account } })),
  ];
}
