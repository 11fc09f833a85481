import { createHash } from 'node:crypto';
import { titleOf } from '../../../provider/lifecycle/description.js';
import type { Lifecycle, Properties } from '../../../provider/lifecycle/lifecycle.js';
import { groupBy } from '../../group-by.js';
import { keyOf, parentOf } from '../../listing.js';
import type { Census, Existing } from '../census.js';

/** One that a program is to take over. */
export interface Adoptee {
  readonly one: Existing;
  /** Of the resource: it follows from its id alone, so that a program that is made again later keeps it. */
  readonly name: string;
  /** What it hangs on, where the same program takes that over, too. */
  readonly parent: Adoptee | undefined;
  /** Its arguments, without those that the parent gives. */
  readonly args: Properties;
}

/** All that one program takes over, what hangs on another behind it. */
export interface Adoption {
  readonly account: string;
  readonly region: string;
  readonly adoptees: readonly Adoptee[];
}

/** A program for each account and region, of what exists there and is in no stack. */
export function adoptions(
  censuses: readonly Census[],
  isDangling: (account: string, key: string) => boolean,
): readonly Adoption[] {
  return censuses.flatMap(({ account, existing }) => {
    const own = [...existing].filter(([key]) => isDangling(account, key)).map(([, one]) => one);
    return [...groupBy(own, ({ inputs }) => String(inputs.region))]
      .map(([region, each]) => ({ account, region, adoptees: inOrder(each) }))
      .sort((a, b) => (a.region < b.region ? -1 : 1));
  });
}

function inOrder(all: readonly Existing[]): readonly Adoptee[] {
  const made = new Map<string, Adoptee>();
  const depth = (lifecycle: Lifecycle): number => {
    const parent = parentOf(lifecycle)?.lifecycle;
    return parent === undefined ? 0 : 1 + depth(parent);
  };
  const sorted = [...all].sort(
    (a, b) =>
      depth(a.lifecycle) - depth(b.lifecycle) || (keyOf(a.title, a.id) < keyOf(b.title, b.id) ? -1 : 1),
  );
  for (const one of sorted) {
    const above = parentOf(one.lifecycle);
    const parent =
      above && made.get(keyOf(titleOf(above.lifecycle.description), above.lifecycle.idOf(one.inputs)));
    const given = parent === undefined ? [] : ['region', ...(above?.fills ?? [])];
    const args = Object.fromEntries(Object.entries(one.inputs).filter(([name]) => !given.includes(name)));
    made.set(keyOf(one.title, one.id), { one, name: nameOf(one), parent, args });
  }
  return [...made.values()];
}

/**
 * `dataset-media-videos`. Where a name but the last has the sign that separates them, two ids could give one name: the digest of
 * the id tells them apart.
 */
function nameOf({ lifecycle, id }: Existing): string {
  const { type, idFormat } = lifecycle.description;
  const names = lifecycle.inputsOf(id) ?? {};
  const parts = [...idFormat.matchAll(/\{(\w+)\}/g)]
    .flatMap(([, part = '']) => (part === 'region' ? [] : [String(names[part])]))
    .map((part) => part.replace(/^oss:\/\//, ''));
  const front = type.replace(/(?!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
  const isPlain = parts.slice(0, -1).every((part) => !part.includes('-'));
  const end = isPlain ? [] : [createHash('sha256').update(id).digest('hex').slice(0, 6)];
  return [front, ...parts, ...end].join('-');
}
