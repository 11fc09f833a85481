import type { Properties } from '../../lifecycle/lifecycle.js';
import { UNKNOWN } from '../../lifecycle/unknown.js';
import { load } from '../pulumi-library.js';

/** google.protobuf.Struct, as far as it is used here. */
export interface Struct {
  toJavaScript(): Record<string, unknown>;
}

const { Struct } = load('google-protobuf/google/protobuf/struct_pb.js') as {
  Struct: { fromJavaScript(value: Properties): Struct };
};

/** What the engine sends for an unknown of each type. */
const UNKNOWNS = [
  UNKNOWN,
  '1c4a061d-8072-4f0a-a4cb-0ff528b18fe7',
  '3eeb2bf0-c639-47a8-9e75-3b44932eb421',
  '6a19a0b0-7e62-4c92-b797-7f8e31da9cc2',
  '030794c1-ac77-496b-92df-f27374a8bd58',
  'e48ece36-62e2-4504-bad9-02848725956a',
  'dd056dcd-154b-4c76-9bd3-c8f88648b5ff',
];

/** The key by which the protocol marks an object as a secret, an output and the like. */
const SIGNATURE = '4dabf18193072939515e22adb298388d';

/** Plain properties: an unknown is the one that the lifecycles know, and a secret is its value. */
export function fromStruct(struct: Struct | undefined): Properties {
  return struct === undefined ? {} : (plain(struct.toJavaScript()) as Properties);
}

export function toStruct(properties: Properties): never {
  // The setters want the class of the protocol's own copy of google-protobuf, whose types are not ours to name.
  return Struct.fromJavaScript(properties) as never;
}

/** Whether a value, or anything in it, is not known yet. An object may stand in it as JSON. */
export function holdsUnknown(value: unknown): boolean {
  if (typeof value === 'string') return UNKNOWNS.some((unknown) => value.includes(unknown));
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsUnknown);
}

function plain(value: unknown): unknown {
  if (typeof value === 'string') return UNKNOWNS.includes(value) ? UNKNOWN : value;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  // A secret has its value; an output without one is not known yet.
  if (SIGNATURE in value) return 'value' in value ? plain(value.value) : UNKNOWN;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]));
}
