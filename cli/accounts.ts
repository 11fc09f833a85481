import { Option } from 'commander';
import { Session } from '../provider/hosts/session.js';
import type { Terminal } from './terminal.js';
import { UsageError } from './usage-error.js';

export const repeated = (text: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  text,
];

/** Which accounts a command works in. */
export const ACCOUNT_OPTIONS: readonly Option[] = [
  new Option('--profile <name>', 'a profile of the Alibaba Cloud CLI; repeatable').argParser(repeated),
  new Option('--assume-role <arn>', 'a RAM role to assume; repeatable').argParser(repeated),
];

export interface AccountArgs {
  readonly profile?: readonly string[];
  readonly assumeRole?: readonly string[];
}

/** A way into an account, and how a person names it. */
export interface Entrance {
  readonly name: string;
  readonly session: Session;
}

/** The accounts of these profiles, of these roles, or that of the credentials that a program would use here. */
export function entrances(
  { profile = [], assumeRole = [] }: AccountArgs,
  terminal: Terminal,
): readonly Entrance[] {
  if (profile.length > 1 && assumeRole.length > 0)
    throw new UsageError('--assume-role takes the credentials of one --profile: give one, or none');
  const [only] = profile;
  const own: Config = only === undefined ? {} : { 'alicloud:profile': only };
  const ways: readonly (readonly [string, Config])[] =
    assumeRole.length > 0
      ? assumeRole.map((arn) => [
          `role ${arn}`,
          { ...own, 'alicloud:assumeRole': JSON.stringify({ roleArn: arn }) },
        ])
      : profile.length > 0
        ? profile.map((name) => [`profile ${name}`, { 'alicloud:profile': name }])
        : [['the default credentials', {}]];
  // Where requests go is the same for all of them, and said once.
  const said = new Set<string>();
  return ways.map(([name, config]) => ({ name, session: sessionOf(config, terminal, said) }));
}

type Config = Readonly<Record<string, string>>;

function sessionOf(config: Config, terminal: Terminal, said: Set<string>): Session {
  return new Session(
    (key) => config[key],
    terminal.environment,
    (_, text) => {
      if (!said.has(text)) terminal.note(text);
      said.add(text);
    },
  );
}
