import type { Emulator } from '../../emulator/index.js';
import type { Properties } from '../../provider/lifecycle/lifecycle.js';
import { doubtOf } from '../../provider/lifecycle/standing.js';
import { isDated } from './links.js';

/** A link as it is in the cloud; made anew it is another one. */
export interface LiveLink {
  readonly id: string;
  readonly sequence: number;
  readonly createdAt: number;
  readonly title: string;
  /** Of a binding. */
  readonly bucket?: string;
}

export type Owner = 'ours' | 'theirs';

/** Two times that the provider must take for the same. */
const SAME_MOMENT = 2_000;
/** For how long after a try its effect may arrive: the consistency window. */
export const WINDOW = 60_000;
/** A moment before a first try, as the provider knows it, may lie so much after the truth. */
const RESOLUTION = 2_000;

/** What is in the cloud, and who made it: the provider cannot know, but the test does. */
export class Cloud {
  readonly #emulator: Emulator;
  readonly #owners = new Map<number, Owner>();

  constructor(emulator: Emulator) {
    this.#emulator = emulator;
    this.observe('theirs');
  }

  live(): LiveLink[] {
    const { accounts } = this.#emulator.contents();
    const places = Object.values(accounts).flatMap((regions) => Object.entries(regions));
    return places.flatMap(([region, { projects, datasets, attachments = [], bindings, mediaBuckets }]) => [
      ...projects.map((record) => live('imm.Project', `${region}/${record.name}`, record)),
      ...datasets.map((record) => live('imm.Dataset', `${region}/${record.project}/${record.name}`, record)),
      ...attachments.map((record) =>
        live('imm.BucketAttachment', `${region}/${record.project}/oss://${record.bucket}`, record),
      ),
      ...bindings.filter(isThere).map((record) => ({
        ...live(
          'imm.DatasetBinding',
          `${region}/${record.project}/${record.dataset}/oss://${record.bucket}`,
          record,
        ),
        bucket: record.bucket,
      })),
      ...mediaBuckets
        .filter(isThere)
        .map((record) =>
          record.type === 'Input'
            ? live('mps.InputBucket', `${region}/input:${record.bucket}`, record)
            : live('mps.OutputBucket', `${region}/${record.bucket}`, record),
        ),
    ]);
  }

  /** Whoever acted last made what is new. */
  observe(actor: Owner): void {
    for (const { sequence } of this.live()) {
      if (!this.#owners.has(sequence)) this.#owners.set(sequence, actor);
    }
  }

  ownerOf({ sequence }: LiveLink): Owner | undefined {
    return this.#owners.get(sequence);
  }

  claim({ sequence }: LiveLink): void {
    this.#owners.set(sequence, 'ours');
  }

  /** Links that are there and that a stack may want. */
  find(id: string): LiveLink | undefined {
    return this.live().find((one) => one.id === id);
  }
}

const isThere = ({ deletedAt }: { readonly deletedAt: number | null }): boolean => deletedAt === null;

function live(
  title: string,
  id: string,
  { sequence, createdAt }: Pick<LiveLink, 'sequence' | 'createdAt'>,
): LiveLink {
  return { title, id, sequence, createdAt };
}

/** Whether a state with these outputs means this very link, as far as anybody can tell. */
export function means(id: string, outputs: Properties, link: LiveLink): boolean {
  if (id !== link.id) return false;
  // A registration has nothing that tells it from another one.
  if (!isDated(link.title)) return true;
  const doubt = doubtOf(outputs);
  if (doubt !== undefined) {
    const { from = Number.NEGATIVE_INFINITY, until = Number.POSITIVE_INFINITY } = doubt;
    return link.createdAt >= from - RESOLUTION && link.createdAt <= until + WINDOW + RESOLUTION;
  }
  const made = Date.parse(String(outputs.createTime));
  return Number.isNaN(made) || Math.abs(made - link.createdAt) <= SAME_MOMENT;
}
