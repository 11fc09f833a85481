import { parseArgs } from 'node:util';
import { FAULT_KINDS } from '../emulator/faults/kinds.js';
import type { EmulatorOptions, KeyPair } from '../emulator/index.js';
import { DEFAULT_LIMITS, isLimitName } from '../emulator/limits.js';
import { DEFAULT_REGION, DEFAULT_RUNNING_AFTER } from '../emulator/options.js';
import {
  defaultSwitches,
  describeValues,
  isSwitchName,
  parseSwitchValue,
  SWITCH_NAMES,
  SWITCHES,
  setSwitches,
} from '../emulator/switches.js';
import { TEST_ACCOUNT_ID } from '../emulator/test-key.js';
import { readFaultOption } from './fault-option.js';
import { UsageError } from './usage-error.js';

const DEFAULT_PORT = 4010;

export const EMULATOR_HELP = `Usage: pulumi-alicloud-media emulator [options]

Stands in for Alibaba Cloud IMM 2020-09-30, MTS 2014-06-18 and STS 2015-04-01 on 127.0.0.1.

Options:
  --port PORT              default ${DEFAULT_PORT}; 0: any free port
  --state FILE             keep the state in FILE between two runs
  --key ID:SECRET[:ACCOUNT]  a key pair it knows; repeatable. Default: ALIBABA_CLOUD_ACCESS_KEY_ID and
                           ALIBABA_CLOUD_ACCESS_KEY_SECRET, else the test pair of docs/emulator.md
  --region REGION          for requests that name none; default ${DEFAULT_REGION}
  --running-after MS       from CreateBinding to Running; default ${DEFAULT_RUNNING_AFTER}
  --token-lifetime MS      life of temporary credentials; default: what is asked for
  --limit NAME=NUMBER|off  change a limit; repeatable. --limit off: no limit at all
  --switch NAME=VALUE      choose an unknown behaviour of the real service; repeatable
  --latency MS             each request takes so long to come
  --fault FIELD=VALUE,...  a rule of what goes wrong, such as kind=throttled,action=GetBinding,times=2; repeatable
  --seed NUMBER            the same seed gives the same request ids
  --help

Limits: ${Object.entries(DEFAULT_LIMITS)
  .map(([name, value]) => `${name}=${Number.isFinite(value) ? value : 'off'}`)
  .join(' ')}

Faults (see docs/emulator.md): ${FAULT_KINDS.join(' ')}

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
export function readEmulatorOptions(args: readonly string[]): EmulatorOptions | 'help' {
  const values = parse(args);
  if (values.help) return 'help';
  const keys = values.key?.map(readKey);
  return {
    port: wholeNumber('port', values.port, 65535) ?? DEFAULT_PORT,
    stateFile: values.state,
    region: values.region,
    runningAfter: wholeNumber('running-after', values['running-after']),
    tokenLifetime: wholeNumber('token-lifetime', values['token-lifetime']),
    latency: wholeNumber('latency', values.latency),
    faults: values.fault?.map(readFaultOption),
    seed: wholeNumber('seed', values.seed, 2 ** 32 - 1),
    limits: values.limit && readLimits(values.limit),
    switches: values.switch && readSwitches(values.switch),
    ...(keys ? { keys } : {}),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        state: { type: 'string' },
        key: { type: 'string', multiple: true },
        region: { type: 'string' },
        'running-after': { type: 'string' },
        'token-lifetime': { type: 'string' },
        limit: { type: 'string', multiple: true },
        switch: { type: 'string', multiple: true },
        latency: { type: 'string' },
        fault: { type: 'string', multiple: true },
        seed: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${why}\nSee pulumi-alicloud-media emulator --help`);
  }
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
