import { Option } from 'commander';
import { FAULT_KINDS } from '../../emulator/faults/kinds.js';
import type { EmulatorOptions, KeyPair } from '../../emulator/index.js';
import { DEFAULT_LIMITS, isLimitName } from '../../emulator/limits.js';
import { DEFAULT_REGION, DEFAULT_RUNNING_AFTER } from '../../emulator/options.js';
import {
  defaultSwitches,
  describeValues,
  isSwitchName,
  parseSwitchValue,
  SWITCH_NAMES,
  SWITCHES,
  setSwitches,
} from '../../emulator/switches.js';
import { TEST_ACCOUNT_ID } from '../../emulator/test-key.js';
import { UsageError } from '../usage-error.js';
import { readFaultOption } from './fault-option.js';

const DEFAULT_PORT = 4010;

const each = (text: string, before: readonly string[] = []): readonly string[] => [...before, text];

/** Help leaves out what few need, to fit a screen; docs/reference/cli.md has all. */
export const EMULATOR_OPTIONS: readonly Option[] = [
  new Option('--port <port>', `default ${DEFAULT_PORT}; 0: any free port`),
  new Option('--project <name>', 'a project that is there; repeatable').argParser(each),
  new Option('--dataset <name>', 'a dataset in it, or <project>/<name>; repeatable').argParser(each),
  new Option('--state <file>', 'keep the state in this file between two runs'),
  new Option('--key <id:secret[:account]>', 'a key pair it knows; repeatable').argParser(each),
  new Option('--region <region>', `for requests that name none; default ${DEFAULT_REGION}`),
  new Option('--running-after <ms>', `from CreateBinding to Running; default ${DEFAULT_RUNNING_AFTER}`),
  new Option('--token-lifetime <ms>', 'life of temporary credentials').hideHelp(),
  new Option('--limit <name=number>', 'change a limit, or take it off; repeatable').argParser(each),
  new Option('--switch <name=value>', 'choose an unknown behaviour; repeatable').argParser(each),
  new Option('--latency <ms>', 'each request takes so long to come'),
  new Option('--fault <field=value,...>', 'a rule of what goes wrong; repeatable').argParser(each),
  new Option('--seed <number>', 'the same seed gives the same request ids').hideHelp(),
  new Option('--list', 'show every limit, fault and switch, and end'),
];

/** The options as they are given. */
export interface EmulatorArgs {
  readonly port?: string;
  readonly project?: readonly string[];
  readonly dataset?: readonly string[];
  readonly state?: string;
  readonly key?: readonly string[];
  readonly region?: string;
  readonly runningAfter?: string;
  readonly tokenLifetime?: string;
  readonly limit?: readonly string[];
  readonly switch?: readonly string[];
  readonly latency?: string;
  readonly fault?: readonly string[];
  readonly seed?: string;
  readonly list?: true;
}

/** What --limit, --fault and --switch know. */
export const EMULATOR_LIST = `Limits: ${Object.entries(DEFAULT_LIMITS)
  .map(([name, value]) => `${name}=${Number.isFinite(value) ? value : 'off'}`)
  .join(' ')}

Faults (see docs/internals/emulator.md): ${FAULT_KINDS.join(' ')}

Switches (* is the default):
${SWITCH_NAMES.map(describeSwitch).join('\n')}
`;

function describeSwitch(name: (typeof SWITCH_NAMES)[number]): string {
  const { meaning, default: standard } = SWITCHES[name];
  const values =
    SWITCHES[name].kind === 'milliseconds'
      ? `milliseconds, *${standard}`
      : describeValues(name)
          .split(' | ')
          .map((value) => (value === String(standard) ? `*${value}` : value))
          .join(' | ');
  return `  ${name}: ${meaning}\n      ${values}`;
}

/** What the command line asks for; a mistake in it is a UsageError. */
export function readEmulatorOptions(args: EmulatorArgs): EmulatorOptions {
  const keys = args.key?.map(readKey);
  return {
    port: wholeNumber('port', args.port, 65535) ?? DEFAULT_PORT,
    stateFile: args.state,
    region: args.region,
    runningAfter: wholeNumber('running-after', args.runningAfter),
    tokenLifetime: wholeNumber('token-lifetime', args.tokenLifetime),
    latency: wholeNumber('latency', args.latency),
    faults: args.fault?.map(readFaultOption),
    seed: wholeNumber('seed', args.seed, 2 ** 32 - 1),
    limits: args.limit && readLimits(args.limit),
    switches: args.switch && readSwitches(args.switch),
    ...(keys ? { keys } : {}),
  };
}

function wholeNumber(
  flag: string,
  text: string | undefined,
  most = Number.MAX_SAFE_INTEGER,
): number | undefined {
  if (text === undefined) return undefined;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(value <= most)) throw new UsageError(`--${flag} takes a whole number up to ${most}`);
  return value;
}

// The value is not repeated in the message: it holds a secret.
function readKey(text: string): KeyPair {
  const [accessKeyId, accessKeySecret, account = TEST_ACCOUNT_ID, ...more] = text.split(':');
  if (!accessKeyId || !accessKeySecret || !/^\d+$/.test(account) || more.length > 0) {
    throw new UsageError('--key takes ID:SECRET or ID:SECRET:ACCOUNT, ACCOUNT in digits');
  }
  return { accessKeyId, accessKeySecret, account };
}

function readLimits(texts: readonly string[]): EmulatorOptions['limits'] {
  if (texts.includes('off')) return false;
  const limits: Record<string, number | false> = {};
  for (const text of texts) {
    const [name, value] = split('limit', text);
    if (!isLimitName(name)) {
      throw new UsageError(
        `no limit is called ${name}; the limits are ${Object.keys(DEFAULT_LIMITS).join(', ')}`,
      );
    }
    limits[name] = value === 'off' ? false : (wholeNumber('limit', value) ?? false);
  }
  return limits;
}

function readSwitches(texts: readonly string[]): EmulatorOptions['switches'] {
  const switches = defaultSwitches();
  for (const text of texts) {
    const [name, value] = split('switch', text);
    try {
      setSwitches(switches, { [name]: isSwitchName(name) ? parseSwitchValue(name, value) : value });
    } catch (error) {
      throw new UsageError(error instanceof Error ? error.message : String(error));
    }
  }
  return switches;
}

function split(flag: string, text: string): [name: string, value: string] {
  const at = text.indexOf('=');
  if (at < 1) throw new UsageError(`--${flag} takes NAME=VALUE, not ${text}`);
  return [text.slice(0, at), text.slice(at + 1)];
}
