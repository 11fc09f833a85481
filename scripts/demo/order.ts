import type { JournalEntry } from '../../emulator/index.js';
import { LIFECYCLES } from '../../provider/hosts/lifecycles.js';
import { titleOf } from '../../provider/lifecycle/description.js';

/** The calls of one step, as far as the order of what they removed needs them. */
export interface OrderedStep {
  readonly step: string;
  readonly calls: readonly Pick<JournalEntry, 'action' | 'link' | 'code'>[];
}

/** What was removed, and what hung on it. */
export interface Removed {
  /** Its place among all that was removed, from 1. */
  readonly place: number;
  readonly step: string;
  readonly action: string;
  /** `imm.Dataset`. */
  readonly title: string;
  readonly link: string;
  /** Its own name, without those of what it hangs on. */
  readonly name: string;
  readonly children: readonly Removed[];
}

const titles = new Map(
  LIFECYCLES.map(({ description }) => [description.calls.remove, titleOf(description)] as const),
);

/** The trees of what these steps removed, by the journal: what hangs on nothing first. */
export function treesOf(steps: readonly OrderedStep[]): readonly Removed[] {
  const flat = steps
    .flatMap(({ step, calls }) => calls.map((call) => ({ ...call, step })))
    .filter(({ action, code }) => code === '' && titles.has(action))
    .map((call, index) => ({ ...call, place: index + 1, title: titles.get(call.action) ?? '' }));
  const parentOf = (link: string) =>
    flat
      .filter((other) => link.startsWith(`${other.link}/`))
      .sort((one, other) => other.link.length - one.link.length)[0]?.link;
  const hangingOn = (parent: string | undefined): readonly Removed[] =>
    flat
      .filter(({ link }) => parentOf(link) === parent)
      .sort((one, other) => one.title.localeCompare(other.title) || one.link.localeCompare(other.link))
      .map(({ place, step, action, title, link }) => ({
        place,
        step,
        action,
        title,
        link,
        // The id of an input bucket says which of the two it is; here its title does.
        name: link.slice((parent ?? link.split('/')[0] ?? '').length + 1).replace(/^input:/, ''),
        children: hangingOn(link),
      }));
  return hangingOn(undefined);
}

/** The trees as a list, what holds before what is held. */
export function flattened(trees: readonly Removed[]): readonly Removed[] {
  return trees.flatMap((removed) => [removed, ...flattened(removed.children)]);
}

/** The order in words. */
export function orderMessage(trees: readonly Removed[]): string {
  const inOrder = [...flattened(trees)].sort((one, other) => one.place - other.place);
  const calls = inOrder.map(({ place, action, name }) => `${place} ${action} of ${name}`);
  return `What was removed, as a tree, with the place of each call: ${calls.join(', ')}. What hangs on something goes before it.`;
}
