import { Option } from 'commander';
import { adoptedBy } from '../../provider/lifecycle/ids.js';
import type { Listing } from '../../provider/lifecycle/lifecycle.js';
import { ACCOUNT_OPTIONS, type AccountArgs, type Entrance, entrances, repeated } from '../accounts.js';
import type { CliCommand } from '../command.js';
import { jsonText } from '../json-text.js';
import { listing, namesOf, placeOf, type Unanswered } from '../listing.js';
import { readStacks } from '../states/read-states.js';
import type { PendingCreate, StackState } from '../states/stack-state.js';
import { plain } from '../table.js';
import type { Terminal } from '../terminal.js';
import { UsageError } from '../usage-error.js';
import { adoptLine, SHELL_OPTION, type Shell } from './adopt-line.js';
import { judge } from './judge.js';
import type { Create, RecoverReport } from './report.js';

interface RecoverArgs extends AccountArgs {
  readonly stack?: readonly string[];
  readonly state?: readonly string[];
  readonly timeout: string;
  readonly shell: Shell;
  readonly json?: true;
}

export const recoverCommand: CliCommand<RecoverArgs> = {
  name: 'recover',
  summary: 'what a killed run has made, and the line that takes it over',
  about:
    'Looks for each create that was under way when the engine was killed. Run it before any other command on the stack: ' +
    'a destroy and a refresh drop what the state knows of them.',
  options: [
    new Option('--stack <name>', 'a stack; default: the selected one; repeatable').argParser(repeated),
    new Option('--state <where>', 'or its state, as audit takes it; repeatable').argParser(repeated),
    ...ACCOUNT_OPTIONS,
    new Option('--timeout <seconds>', 'for each listing').default('60'),
    SHELL_OPTION,
    new Option('--json', 'as JSON, whose schema is docs/reference/schemas/recover.json'),
  ],
  examples: [
    { line: 'npx pulumi-alicloud-media recover', does: 'the selected stack of this folder' },
    {
      line: 'npx pulumi-alicloud-media recover --stack dev --state s3://states',
      does: 'and look whether another stack has what exists',
    },
  ],
  exits: ['the killed run left nothing behind', 'it did'],

  async run({ stack = [], state = [], timeout, shell, json, ...accounts }, terminal) {
    const milliseconds = Number(timeout) * 1000;
    if (!(milliseconds > 0)) throw new UsageError('--timeout takes seconds');
    const states = await readStacks(stack, state, terminal);
    const [entrance, ...more] = entrances(accounts, terminal);
    if (entrance === undefined || more.length > 0)
      throw new UsageError('the creates of one account at a time: give one --profile or one --assume-role');
    const creates = await judged(states, { entrance, milliseconds, terminal });
    const adopt = creates.flatMap(({ is, create }) =>
      is.is === 'ours' ? [adoptedBy(create.lifecycle.description, is.id)] : [],
    );
    const report: RecoverReport = {
      version: 1,
      creates: creates.map(({ is }) => is),
      adopt: [...new Set(adopt)],
    };
    terminal.out(json ? jsonText(report) : show(report, shell, terminal));
    if (report.creates.some(({ is }) => is === 'unknown')) return 2;
    return report.creates.some(({ is }) => is === 'ours' || is === 'contradicted') ? 1 : 0;
  },
};

interface How {
  readonly entrance: Entrance;
  readonly milliseconds: number;
  readonly terminal: Terminal;
}

async function judged(
  states: readonly StackState[],
  { entrance: { session }, milliseconds, terminal }: How,
): Promise<readonly { readonly is: Create; readonly create: PendingCreate }[]> {
  // What many are in is listed once.
  const listings = new Map<string, Promise<Listing | { readonly error: Unanswered }>>();
  const seen = (create: PendingCreate, id: string) => {
    const { lifecycle, title } = create;
    const names = lifecycle.inputsOf(id) ?? {};
    const place = `${title} in ${placeOf(lifecycle, names)}`;
    const listed =
      listings.get(place) ?? listing(session, lifecycle, namesOf(lifecycle, names), milliseconds);
    listings.set(place, listed);
    terminal.progress(`looking for ${title} ${id}`);
    return listed;
  };
  const { consistencyWindow } = session.configuration;
  const creates = [];
  for (const state of states)
    for (const create of state.pending) {
      const found = create.id === undefined ? undefined : await seen(create, create.id);
      creates.push({ is: judge(state, create, found, ownerOf(states, create), consistencyWindow), create });
    }
  terminal.progress();
  return creates;
}

function ownerOf(states: readonly StackState[], { title, id }: PendingCreate): string | undefined {
  const owner = states.find(({ links }) => links.some((link) => link.title === title && link.id === id));
  return owner?.stack;
}

function show({ creates, adopt }: RecoverReport, shell: Shell, terminal: Terminal): string {
  if (creates.length === 0) return 'No create of ours was under way when the state was written.\n';
  const lines = creates.map(
    ({ stack, name, title, id, says }) =>
      `${terminal.paint('bold', plain(`${title} ${id || '(its id is a secret)'}`))} (${plain(`${stack}: ${name}`)})\n  ${plain(says)}\n`,
  );
  const end =
    adopt.length === 0
      ? ''
      : `\nTo go on, run this once: it takes over what the killed run made.\n\n${adoptLine(adopt, shell)}\n`;
  return `${lines.join('')}${end}`;
}
