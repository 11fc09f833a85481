import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../../..');

export type Layer =
  | 'program'
  | 'hosts'
  | 'imm, mps'
  | 'lifecycle'
  | 'alicloud'
  | 'emulator'
  | 'cli'
  | 'elsewhere';

/** The rooms of `provider/`, from the top to the bottom, and what each may import besides its own files: as its README says. */
export const ROOMS: ReadonlyMap<string, readonly string[]> = new Map(
  [...readme('provider').matchAll(/^\| `([a-z, ]+)\/?` +\|[^|]*\|([^|]*)\|$/gm)].map(
    ([, room = '', may = '']) => [room, [...may.matchAll(/`([a-z, ]+)`/g)].map(([, name = '']) => name)],
  ),
);

export function readme(folder: string): string {
  return readFileSync(join(ROOT, folder, 'README.md'), 'utf8');
}

export function mayLoad(layer: Layer): readonly string[] {
  return layer === 'cli' ? [...ROOMS.keys(), 'emulator'] : (ROOMS.get(layer) ?? []);
}

export function layerOf(path: string): Layer {
  if (path.startsWith('provider/program/')) return 'program';
  if (path.startsWith('provider/hosts/')) return 'hosts';
  if (/^provider\/(imm|mps)\//.test(path)) return 'imm, mps';
  if (path.startsWith('provider/lifecycle/')) return 'lifecycle';
  if (path.startsWith('provider/alicloud/')) return 'alicloud';
  if (path.startsWith('emulator/')) return 'emulator';
  return path.startsWith('cli/') ? 'cli' : 'elsewhere';
}
