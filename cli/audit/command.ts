import { writeFileSync } from 'node:fs';
import { Option } from 'commander';
import { ACCOUNT_OPTIONS, type AccountArgs, type Entrance, entrances, repeated } from '../accounts.js';
import type { CliCommand } from '../command.js';
import { jsonText } from '../json-text.js';
import { asked, keyOf } from '../listing.js';
import { readStates } from '../states/read-states.js';
import type { Terminal } from '../terminal.js';
import { UsageError } from '../usage-error.js';
import { adoptions } from './adopt/adoptees.js';
import { importFile } from './adopt/import-file.js';
import { type Language, requireEmpty, writePrograms } from './adopt/write-programs.js';
import { type Census, census, type Range } from './census.js';
import { compare } from './findings.js';
import type { AuditReport, NotSeen } from './report.js';
import { show } from './show.js';

interface AuditArgs extends AccountArgs {
  readonly state?: readonly string[];
  readonly region?: readonly string[];
  readonly project?: readonly string[];
  readonly timeout: string;
  readonly adoptCode?: string;
  readonly language: Language;
  readonly importFile?: string;
  readonly json?: true;
}

export const auditCommand: CliCommand<AuditArgs> = {
  name: 'audit',
  summary: 'what exists and is in no stack, and what a stack has and is not there',
  about:
    'Lists what exists in your accounts and compares it with the states of your stacks. It only reads, and says what it could not see.',
  options: [
    new Option('--state <where>', 'a state: -, a file, a folder or a URL; repeatable').argParser(repeated),
    ...ACCOUNT_OPTIONS,
    new Option('--region <region>', 'only this region; repeatable').argParser(repeated),
    new Option('--project <name>', 'of IMM only this project; repeatable').argParser(repeated),
    new Option('--timeout <seconds>', 'for each listing').default('60'),
    new Option('--adopt-code <folder>', 'write programs that take over what is in no stack'),
    new Option('--language <name>', 'of those programs')
      .choices(['typescript', 'yaml'])
      .default('typescript'),
    new Option('--import-file <file>', 'write it for `pulumi import --file`'),
    new Option('--json', 'as JSON, as docs/reference/schemas/audit.json says'),
  ],
  examples: [
    {
      line: 'pulumi stack export | npx pulumi-alicloud-media audit --state -',
      does: 'this stack against all regions of its account',
    },
    {
      line: 'npx pulumi-alicloud-media audit --state s3://states --profile a --profile b',
      does: 'every stack of a backend against two accounts',
    },
  ],
  exits: ['nothing was found, and all was seen', 'something was found'],

  async run({ state = [], region, project, timeout, json, ...rest }, terminal) {
    const seconds = Number(timeout);
    if (!(seconds > 0)) throw new UsageError('--timeout takes seconds');
    const range: Range = { regions: region, projects: project, timeout: seconds * 1000 };
    if (rest.adoptCode !== undefined) requireEmpty(rest.adoptCode);
    const states = await readStates(state, terminal);
    if (states.length === 0) terminal.note('No --state was given: all that exists is in no given stack.');
    const seen: { readonly entrance: Entrance; readonly census: Census }[] = [];
    const denied: NotSeen[] = [];
    for (const entrance of entrances(rest, terminal)) {
      const account = await accountOf(entrance, range.timeout);
      if (typeof account !== 'string') denied.push(account);
      else if (seen.some(({ census: { account: known } }) => known === account))
        terminal.note(`${entrance.name}: account ${account} was listed already.`);
      else seen.push({ entrance, census: await listed(account, entrance, range, terminal) });
    }
    terminal.progress();
    const censuses = seen.map((each) => each.census);
    const { findings, notSeen } = compare(censuses, states, range);
    const report: AuditReport = {
      version: 1,
      accounts: seen.map(({ entrance, census: { account, existing } }) => ({
        account,
        credentials: entrance.name,
        seen: existing.size,
      })),
      stacks: states.map(({ stack, from, links }) => ({ stack, from, resources: links.length })),
      findings: [...findings],
      notSeen: [...denied, ...censuses.flatMap((each) => each.notSeen), ...notSeen],
    };
    adopt(censuses, report, rest, terminal);
    terminal.out(json ? jsonText(report) : show(report, terminal));
    if (report.notSeen.length > 0) return 2;
    return findings.length > 0 ? 1 : 0;
  },
};

/** Writes what takes over all that is in no stack. */
function adopt(
  censuses: readonly Census[],
  { findings, notSeen }: AuditReport,
  { adoptCode, language, importFile: file }: Pick<AuditArgs, 'adoptCode' | 'language' | 'importFile'>,
  terminal: Terminal,
): void {
  const dangling = new Set(
    findings.flatMap(({ kind, account, title, id }) =>
      kind === 'dangling' ? [`${account} ${keyOf(title, id)}`] : [],
    ),
  );
  const all = adoptions(censuses, (account, key) => dangling.has(`${account} ${key}`));
  if (file !== undefined) {
    writeFileSync(file, importFile(all));
    terminal.note(`Wrote ${file}: pulumi import --file ${file}`);
  }
  if (adoptCode !== undefined)
    for (const written of writePrograms(adoptCode, all, language, notSeen)) terminal.note(`Wrote ${written}`);
}

function listed(account: string, { session }: Entrance, range: Range, terminal: Terminal): Promise<Census> {
  return census(account, session, range, (found, what) =>
    terminal.progress(`account ${account}: ${found} found, listing ${what}`),
  );
}

/** The account of these credentials, or why they lead to none. */
async function accountOf({ name, session }: Entrance, timeout: number): Promise<string | NotSeen> {
  const told = await asked(session, `the account of ${name}`, timeout, (operation) => operation.account());
  return 'answer' in told ? (told.answer ?? '') : { account: name, title: '', place: '', ...told.error };
}
