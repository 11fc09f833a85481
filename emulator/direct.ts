import type { Where } from './options.js';
import {
  addBinding,
  bindingState,
  liveBinding,
  liveBindings,
  releaseBindings,
  removeBinding,
} from './state/bindings.js';
import {
  addAttachment,
  addDataset,
  addProject,
  findAttachment,
  findDataset,
  findProject,
  removeAttachment,
  removeDataset,
  removeProject,
} from './state/containers.js';
import { bindingLink, inputBucketLink, type Pair, parseBindingLink } from './state/links.js';
import {
  addMediaBucket,
  liveMediaBucket,
  liveMediaBuckets,
  removeMediaBucket,
} from './state/media-buckets.js';
import { KINDS, linkOfObject, liveObjects } from './state/objects.js';
import type {
  BindingRecord,
  JobRecord,
  MediaBucketType,
  RegionState,
  SettledState,
  State,
} from './state/records.js';
import type { World } from './world.js';

/** A binding, by its link (`cn-shanghai/project/dataset/oss://bucket`) or by its parts. */
export type BindingName = string | (Pair & Where);

export interface BindingView extends Pair {
  readonly link: string;
  readonly account: string;
  readonly region: string;
  readonly uri: string;
  readonly state: string;
  readonly reason: string;
}

export interface MediaBucketView {
  readonly link: string;
  readonly account: string;
  readonly region: string;
  readonly bucket: string;
  readonly type: MediaBucketType;
}

/** Changes behind the back of whoever uses the API: no signature, no limit, no switch, no journal. */
export class Direct {
  constructor(
    readonly world: World,
    readonly defaultAccount: string,
  ) {}

  bindings(account?: string, region?: string): BindingView[] {
    const now = this.world.clock.now();
    return this.#regions(account, region).flatMap(([owner, place, state]) =>
      liveBindings(state).map((record) => ({
        link: bindingLink(place, record),
        account: owner,
        region: place,
        project: record.project,
        dataset: record.dataset,
        bucket: record.bucket,
        uri: `oss://${record.bucket}`,
        state: bindingState(record, now),
        reason: record.reason,
      })),
    );
  }

  mediaBuckets(account?: string, region?: string): MediaBucketView[] {
    return this.#regions(account, region).flatMap(([owner, place, state]) =>
      liveMediaBuckets(state).map(({ bucket, type }) => ({
        link: type === 'Input' ? inputBucketLink(place, bucket) : `${place}/${bucket}`,
        account: owner,
        region: place,
        bucket,
        type,
      })),
    );
  }

  createProject(name: string, where: Where = {}): void {
    this.#change(where, (region, state) => {
      if (findProject(region, name)) throw new Error(`project ${name} exists`);
      addProject(state, region, name, { ServiceRole: 'AliyunIMMDefaultRole' }, this.world.clock.now());
    });
  }

  createDataset(project: string, name: string, where: Where = {}): void {
    this.#change(where, (region, state) => {
      if (!findProject(region, project)) throw new Error(`no project ${project}`);
      if (findDataset(region, project, name)) throw new Error(`dataset ${project}/${name} exists`);
      addDataset(state, region, project, name, {}, this.world.clock.now());
    });
  }

  /** With nothing asked of what it holds. */
  deleteProject(name: string, where: Where = {}): void {
    this.#change(where, (region) => {
      const record = findProject(region, name);
      if (!record) throw new Error(`no project ${name}`);
      removeProject(region, record, this.world.clock.now());
    });
  }

  deleteDataset(project: string, name: string, where: Where = {}): void {
    this.#change(where, (region) => {
      const record = findDataset(region, project, name);
      if (!record) throw new Error(`no dataset ${project}/${name}`);
      removeDataset(region, record, this.world.clock.now());
    });
  }

  /** Fields as the replies name them, changed by somebody else: reads show it at once. */
  changeProject(name: string, fields: Record<string, unknown>, where: Where = {}): void {
    this.#change(where, (region) => {
      const record = findProject(region, name);
      if (!record) throw new Error(`no project ${name}`);
      record.updates = [...(record.updates ?? []), { at: 0, fields }];
    });
  }

  changeDataset(project: string, name: string, fields: Record<string, unknown>, where: Where = {}): void {
    this.#change(where, (region) => {
      const record = findDataset(region, project, name);
      if (!record) throw new Error(`no dataset ${project}/${name}`);
      record.updates = [...(record.updates ?? []), { at: 0, fields }];
    });
  }

  /** Puts files into the index of a dataset. */
  addEntries(project: string, name: string, uris: readonly string[], where: Where = {}): void {
    this.#change(where, (region) => {
      const record = findDataset(region, project, name);
      if (!record) throw new Error(`no dataset ${project}/${name}`);
      record.entries = [...(record.entries ?? []), ...uris];
    });
  }

  addJob(project: string, job: JobRecord, where: Where = {}): void {
    this.#change(where, (region) => {
      const record = findProject(region, project);
      if (!record) throw new Error(`no project ${project}`);
      record.jobs = [...(record.jobs ?? []), job];
    });
  }

  attachBucket(project: string, bucket: string, where: Where = {}): void {
    this.#change(where, (region, state) => {
      if (findAttachment(region, bucket)) throw new Error(`${bucket} is attached`);
      addAttachment(state, region, { project, bucket, description: '' }, this.world.clock.now());
    });
  }

  detachBucket(bucket: string, where: Where = {}): void {
    this.#change(where, (region) => {
      const record = findAttachment(region, bucket);
      if (!record) throw new Error(`${bucket} is not attached`);
      removeAttachment(region, record, this.world.clock.now());
    });
  }

  createBinding(name: BindingName): void {
    const { pair, where } = this.#parse(name);
    this.#change(where, (region, state) => {
      if (!findDataset(region, pair.project, pair.dataset)) {
        throw new Error(`no dataset ${pair.project}/${pair.dataset}`);
      }
      if (liveBinding(region, pair)) throw new Error(`${pair.bucket} is bound`);
      addBinding(state, region, pair, this.world.clock.now(), this.world.timing.runningAfter);
    });
  }

  deleteBinding(name: BindingName): void {
    const { clock, switches } = this.world;
    this.#changeBinding(name, (record, region) => {
      removeBinding(region, record, clock.now(), switches.bindingVisibleAfterMs);
    });
  }

  releaseBindings(): void {
    const now = this.world.clock.now();
    this.world.store.change(({ accounts }) => {
      for (const regions of Object.values(accounts)) {
        for (const region of Object.values(regions)) releaseBindings(region, now);
      }
    });
  }

  /** The binding is in this state from now on. */
  settleBinding(name: BindingName, as: SettledState, reason: string): void {
    this.#changeBinding(name, (record) => {
      const now = this.world.clock.now();
      Object.assign(record, { settlesAs: as, settlesAt: now, updatedAt: now, reason });
    });
  }

  bindMediaBucket(bucket: string, type: MediaBucketType, where: Where = {}): void {
    this.#change(where, (region, state) => {
      if (liveMediaBucket(region, bucket, type)) throw new Error(`${bucket} is bound`);
      addMediaBucket(state, region, bucket, type, '', this.world.clock.now());
    });
  }

  unbindMediaBucket(bucket: string, type: MediaBucketType, where: Where = {}): void {
    const { clock, switches } = this.world;
    this.#change(where, (region) => {
      const record = liveMediaBucket(region, bucket, type);
      if (!record) throw new Error(`${bucket} is not bound`);
      removeMediaBucket(region, record, clock.now(), switches.mediaBucketVisibleAfterMs);
    });
  }

  links(): string[] {
    const objects = this.#regions().flatMap(([, region, state]) =>
      KINDS.flatMap((kind) => liveObjects(state, kind).map((record) => linkOfObject(region, kind, record))),
    );
    return [...objects, ...[...this.bindings(), ...this.mediaBuckets()].map(({ link }) => link)];
  }

  #changeBinding(name: BindingName, change: (record: BindingRecord, region: RegionState) => void): void {
    const { pair, where } = this.#parse(name);
    this.#change(where, (region) => {
      const record = liveBinding(region, pair);
      if (!record) throw new Error(`no binding ${typeof name === 'string' ? name : pair.bucket}`);
      change(record, region);
    });
  }

  #change(where: Where, change: (region: RegionState, state: State) => void): void {
    const account = where.account ?? this.defaultAccount;
    this.world.store.changeRegion(account, where.region ?? this.world.region, change);
  }

  #parse(name: BindingName): { pair: Pair; where: Where } {
    if (typeof name !== 'string') return { pair: name, where: name };
    const link = parseBindingLink(name);
    if (!link) throw new Error(`not the link of a binding: ${name}`);
    return { pair: link, where: { region: link.region } };
  }

  #regions(account?: string, region?: string): [string, string, RegionState][] {
    return Object.entries(this.world.store.state.accounts)
      .filter(([owner]) => account === undefined || owner === account)
      .flatMap(([owner, regions]) =>
        Object.entries(regions)
          .filter(([place]) => region === undefined || place === region)
          .map(([place, state]): [string, string, RegionState] => [owner, place, state]),
      );
  }
}
