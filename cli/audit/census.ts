import { regionsOf } from '../../provider/alicloud/sending/services.js';
import { LIFECYCLES } from '../../provider/hosts/lifecycles.js';
import type { Session } from '../../provider/hosts/session.js';
import { titleOf } from '../../provider/lifecycle/description.js';
import type { Lifecycle, Listed, Properties } from '../../provider/lifecycle/lifecycle.js';
import { CUT, keyOf, listing, namesOf, parentOf, placeOf } from '../listing.js';
import type { NotSeen } from './report.js';

/** What there is to be listed, and what of it. */
export interface Range {
  /** Undefined: every region that a service has. */
  readonly regions: readonly string[] | undefined;
  /** Undefined: every project. */
  readonly projects: readonly string[] | undefined;
  /** Milliseconds for each listing. */
  readonly timeout: number;
}

/** One that exists in an account. */
export interface Existing extends Listed {
  readonly lifecycle: Lifecycle;
  readonly title: string;
}

/** All that exists in an account, as far as it could be seen. */
export interface Census {
  readonly account: string;
  readonly existing: ReadonlyMap<string, Existing>;
  readonly notSeen: readonly NotSeen[];
  /** When the first listing was begun, and for how long after a write a listing may not show it, in milliseconds. */
  readonly begun: number;
  readonly consistencyWindow: number;
  /** Whether it is proven that it would be among them, if it existed. */
  wouldShow(lifecycle: Lifecycle, id: string): boolean;
}

/** How many listings are under way at a time. */
const AT_ONCE = 8;

/** Lists everything of every resource of the package, from what hangs on nothing down. */
export async function census(
  account: string,
  session: Session,
  range: Range,
  progress: (found: number, what: string) => void,
): Promise<Census> {
  const begun = Date.now();
  const existing = new Map<string, Existing>();
  const notSeen: NotSeen[] = [];
  const complete = new Set<string>();
  const waiting: (() => Promise<void>)[] = [];

  async function list(lifecycle: Lifecycle, within: Properties): Promise<void> {
    const title = titleOf(lifecycle.description);
    const place = placeOf(lifecycle, within);
    progress(existing.size, `${title} in ${place}`);
    const listed = await listing(session, lifecycle, within, range.timeout);
    if ('error' in listed) {
      notSeen.push({ account, title, place, ...listed.error });
      return;
    }
    if (listed.isComplete) complete.add(keyOf(title, place));
    else notSeen.push({ account, title, place, action: '', code: 'Incomplete', says: CUT });
    for (const one of listed.found) {
      const { projectName } = one.inputs;
      if (
        range.projects !== undefined &&
        projectName !== undefined &&
        !range.projects.includes(String(projectName))
      )
        continue;
      existing.set(keyOf(title, one.id), { ...one, lifecycle, title });
      for (const child of LIFECYCLES.filter((each) => parentOf(each)?.lifecycle === lifecycle))
        waiting.push(() => list(child, namesOf(child, one.inputs)));
    }
  }

  const first = LIFECYCLES.filter((each) => parentOf(each) === undefined);
  const known = first.flatMap(({ description }) => regionsOf(description.service));
  // Region by region: two resources may be told by one listing.
  for (const region of range.regions ?? new Set(known))
    for (const lifecycle of first)
      if (range.regions !== undefined || regionsOf(lifecycle.description.service).includes(region))
        waiting.push(() => list(lifecycle, { region }));
  await work(waiting);

  const wouldShow = (lifecycle: Lifecycle, id: string): boolean => {
    const names = lifecycle.inputsOf(id);
    if (names === undefined) return false;
    if (complete.has(keyOf(titleOf(lifecycle.description), placeOf(lifecycle, names)))) return true;
    // What hangs on something that is gone is gone with it.
    const parent = parentOf(lifecycle)?.lifecycle;
    if (parent === undefined) return false;
    const parentId = parent.idOf(names);
    return !existing.has(keyOf(titleOf(parent.description), parentId)) && wouldShow(parent, parentId);
  };
  const { consistencyWindow } = session.configuration;
  return { account, existing, notSeen, begun, consistencyWindow, wouldShow };
}

/** Takes one after the other, so many at a time; each may add others. */
async function work(waiting: (() => Promise<void>)[]): Promise<void> {
  let underWay = 0;
  await new Promise<void>((done, fail) => {
    const next = () => {
      if (waiting.length === 0 && underWay === 0) return done();
      while (underWay < AT_ONCE && waiting.length > 0) {
        const task = waiting.pop();
        if (task === undefined) break;
        underWay++;
        task()
          .finally(() => {
            underWay--;
          })
          .then(next, fail);
      }
    };
    next();
  });
}
