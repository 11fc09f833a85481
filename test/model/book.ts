import type { Emulator } from '../../emulator/index.js';
import type { Properties } from '../../provider/lifecycle/lifecycle.js';
import { Cloud, type LiveLink, means } from './cloud.js';

/** What the state says of one resource. */
export interface Recorded {
  readonly id: string;
  readonly outputs: Properties;
}

export interface Moment {
  readonly state: Iterable<Recorded>;
  readonly live: readonly LiveLink[];
}

/** Who owns what, and what nobody knows of. */
export class Book {
  readonly cloud: Cloud;
  /** Links of ours that no state knows: a process was killed before the engine heard of them. */
  readonly lost = new Set<string>();

  constructor(emulator: Emulator) {
    this.cloud = new Cloud(emulator);
  }

  /** Somebody else changed the cloud. */
  othersActed(): void {
    this.cloud.observe('theirs');
    this.#forgetGone();
  }

  /**
   * A command of ours is over. `adopted` are the ids that it was told to take over; `mayLose` is whether it may leave
   * a link that no state knows.
   */
  weActed(
    before: Moment,
    state: readonly Recorded[],
    adopted: ReadonlySet<string>,
    mayLose: boolean,
  ): string[] {
    const { cloud, lost } = this;
    cloud.observe('ours');
    const live = cloud.live();
    const problems: string[] = [];
    const meant = (records: Iterable<Recorded>, link: LiveLink) =>
      [...records].some(({ id, outputs }) => means(id, outputs, link));
    for (const link of before.live) {
      if (cloud.ownerOf(link) === 'ours' || live.some(({ sequence }) => sequence === link.sequence)) continue;
      if (!meant(before.state, link)) problems.push(`removed what somebody else made: ${link.id}`);
    }
    for (const link of live) {
      const isMeant = meant(state, link);
      if (cloud.ownerOf(link) === 'theirs') {
        if (!isMeant) continue;
        if (meant(before.state, link) || adopted.has(link.id)) cloud.claim(link);
        else problems.push(`took over what somebody else made: ${link.id}`);
      } else if (isMeant) lost.delete(link.id);
      else if (mayLose) lost.add(link.id);
      else if (!lost.has(link.id)) problems.push(`no state knows ${link.id}`);
    }
    this.#forgetGone();
    return problems;
  }

  #forgetGone(): void {
    const ours = this.cloud.live().filter((link) => this.cloud.ownerOf(link) === 'ours');
    const there = new Set(ours.map(({ id }) => id));
    for (const id of this.lost) if (!there.has(id)) this.lost.delete(id);
  }
}
