import { readFault } from '../../emulator/faults/fault.js';
import type { Fault } from '../../emulator/index.js';
import { UsageError } from '../usage-error.js';

/** `kind=throttled,action=GetBinding,times=2`: the fields of a rule; a number is what looks like one. */
export function readFaultOption(text: string): Fault {
  const fields = text.split(',').map((part): [string, string | number] => {
    const at = part.indexOf('=');
    if (at < 1) throw new UsageError(`--fault takes FIELD=VALUE,..., not ${text}`);
    const name = part.slice(0, at);
    const value = part.slice(at + 1);
    return [name, NAMES.has(name) || !/^\d+(\.\d+)?$/.test(value) ? value : Number(value)];
  });
  try {
    return readFault(Object.fromEntries(fields));
  } catch (error) {
    throw new UsageError(`--fault ${text}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

// A bucket may be called 2024.
const NAMES = new Set(['kind', 'action', 'service', 'link', 'linkContains', 'accessKeyId']);
