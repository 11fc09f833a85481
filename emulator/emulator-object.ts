import type { Server } from 'node:http';
import type { OnCall } from './calls/calls.js';
import type { Park, ParkRule } from './calls/parks.js';
import type { Denial } from './denials.js';
import type { BindingName, BindingView, Direct, MediaBucketView } from './direct.js';
import type { Fault } from './faults/fault.js';
import type { FaultRule } from './faults/rules.js';
import type { JournalEntry } from './journal.js';
import { type LimitOverrides, type Limits, overrideLimits } from './limits.js';
import type { Where } from './options.js';
import type { RamPolicy } from './ram/policy.js';
import type { BucketRule, JobRecord, MediaBucketType, State } from './state/records.js';
import type { Statistics } from './statistics.js';
import { type Switches, setSwitches } from './switches.js';
import type { KeyPair } from './test-key.js';
import type { World } from './world.js';

/** A running emulator. What changes its state here is not signed, not limited and not in the journal. */
export interface Emulator {
  /** http://127.0.0.1:PORT */
  readonly url: string;
  readonly keys: readonly KeyPair[];
  /** For requests that name no region. */
  readonly region: string;

  journal(): readonly JournalEntry[];
  clearJournal(): void;
  statistics(): Statistics;
  clearStatistics(): void;

  readonly switches: Readonly<Switches>;
  set(switches: { readonly [name in keyof Switches]?: Switches[name] | undefined }): void;
  readonly limits: Readonly<Limits>;
  setLimits(overrides: LimitOverrides): void;
  /** For bindings made from now on. */
  setRunningAfter(milliseconds: number): void;
  /** For credentials issued from now on; undefined: what DurationSeconds asks for. */
  setTokenLifetime(milliseconds: number | undefined): void;
  /** Milliseconds of real time each request takes to come. */
  setLatency(milliseconds: number): void;

  bindings(account?: string, region?: string): BindingView[];
  mediaBuckets(account?: string, region?: string): MediaBucketView[];
  /** The links of all that is there, as the journal writes them, in every account and region. */
  links(): string[];
  /** No binding and no media bucket is left, in any account and region. */
  isEmpty(): boolean;
  /** A copy of everything the emulator holds. */
  contents(): State;
  /** Empties the state, the journal, the statistics, the faults and the denials; switches, limits and parks stay. */
  reset(): void;

  createProject(name: string, where?: Where): void;
  createDataset(project: string, name: string, where?: Where): void;
  /** Deletes it with nothing asked of what it holds. */
  deleteProject(name: string, where?: Where): void;
  deleteDataset(project: string, name: string, where?: Where): void;
  /** Fields of the replies, as somebody else changes them; reads show it at once. */
  changeProject(name: string, fields: Record<string, unknown>, where?: Where): void;
  changeDataset(project: string, name: string, fields: Record<string, unknown>, where?: Where): void;
  /** Puts files into the index of a dataset. */
  addEntries(project: string, name: string, uris: readonly string[], where?: Where): void;
  /** A trigger or a batch, which keeps its project. */
  addJob(project: string, job: JobRecord, where?: Where): void;
  attachBucket(project: string, bucket: string, where?: Where): void;
  detachBucket(bucket: string, where?: Where): void;
  createBinding(name: BindingName): void;
  deleteBinding(name: BindingName): void;
  failBinding(name: BindingName, reason: string): void;
  stopBinding(name: BindingName, reason?: string): void;
  resumeBinding(name: BindingName): void;
  bindOutputBucket(bucket: string, where?: Where): void;
  unbindOutputBucket(bucket: string, where?: Where): void;
  bindInputBucket(bucket: string, where?: Where): void;
  unbindInputBucket(bucket: string, where?: Where): void;
  /** OSS buckets that do not exist, or not in the region called; all others do. */
  setMissingBuckets(buckets: readonly string[]): void;
  setBucketRules(rules: readonly BucketRule[]): void;

  deny(denial: Denial): void;
  /** This key may do what the policy allows, and nothing else; STS is not asked about. */
  allowOnly(accessKeyId: string, policy: RamPolicy): void;
  /** Takes every denial and every policy back. */
  allow(): void;
  /** Temporary credentials issued so far are expired; answers how many. */
  expireTokens(): number;
  /** A rule more, after those there are; answers its number. */
  addFault(fault: Fault): number;
  faults(): FaultRule[];
  /** Asks for a fault at each request that no rule strikes; without one it ends. The journal calls it rule 0. */
  strikeBy(draw?: (call: { readonly action: string; readonly link: string }) => Fault | undefined): void;
  /** One rule, or all. What they did to the state stays. */
  clearFaults(rule?: number): void;
  /** Bindings that would stay Ready for ever are Running; those that show Deleting are deleted. */
  releaseBindings(): void;
  /** Writes of the state file fail as on a full disk; needs a state file. */
  setDiskFull(isFull: boolean): void;
  /** Is called, and waited for, at each boundary of each request; gives the function that ends it. */
  onCall(onCall: OnCall): () => void;
  /** Holds requests at a boundary until they are released. */
  park(rule: ParkRule): Park;
  parks(): Park[];
  /** One of them, or all. */
  releaseParks(id?: number): void;

  /** Closes the connections on which no request is under way, as a load balancer does. */
  closeIdleConnections(): void;
  /** Closes every connection and the state file. */
  close(): Promise<void>;
}

interface Parts {
  readonly world: World;
  readonly direct: Direct;
  readonly keys: readonly KeyPair[];
  readonly server: Server;
  readonly url: string;
}

export function createEmulator({ world, direct, keys, server, url }: Parts): Emulator {
  const media = (type: MediaBucketType) => ({
    bind: (bucket: string, where?: Where) => direct.bindMediaBucket(bucket, type, where),
    unbind: (bucket: string, where?: Where) => direct.unbindMediaBucket(bucket, type, where),
  });
  const output = media('Output');
  const input = media('Input');
  return {
    url,
    keys,
    region: world.region,
    journal: () => world.journal.entries,
    clearJournal: () => world.journal.clear(),
    statistics: () => world.statistics.shown(),
    clearStatistics: () => world.statistics.clear(),
    switches: world.switches,
    set: (changes) => setSwitches(world.switches, changes),
    limits: world.limits,
    setLimits: (overrides) => overrideLimits(world.limits, overrides),
    setRunningAfter: (milliseconds) => {
      world.timing.runningAfter = milliseconds;
    },
    setTokenLifetime: (milliseconds) => {
      world.timing.tokenLifetime = milliseconds;
    },
    setLatency: (milliseconds) => {
      world.timing.latency = milliseconds;
    },
    bindings: (account, region) => direct.bindings(account, region),
    mediaBuckets: (account, region) => direct.mediaBuckets(account, region),
    links: () => direct.links(),
    isEmpty: () => direct.bindings().length === 0 && direct.mediaBuckets().length === 0,
    contents: () => structuredClone(world.store.state),
    reset: () => {
      world.store.reset();
      world.journal.clear();
      world.statistics.clear();
      world.heldBindings.clear();
      world.heldMediaBuckets.clear();
      world.heldObjects.clear();
      world.faults.clear();
      world.denials.allow();
    },
    createProject: (name, where) => direct.createProject(name, where),
    createDataset: (project, name, where) => direct.createDataset(project, name, where),
    deleteProject: (name, where) => direct.deleteProject(name, where),
    deleteDataset: (project, name, where) => direct.deleteDataset(project, name, where),
    changeProject: (name, fields, where) => direct.changeProject(name, fields, where),
    changeDataset: (project, name, fields, where) => direct.changeDataset(project, name, fields, where),
    addEntries: (project, name, uris, where) => direct.addEntries(project, name, uris, where),
    addJob: (project, job, where) => direct.addJob(project, job, where),
    attachBucket: (project, bucket, where) => direct.attachBucket(project, bucket, where),
    detachBucket: (bucket, where) => direct.detachBucket(bucket, where),
    createBinding: (name) => direct.createBinding(name),
    deleteBinding: (name) => direct.deleteBinding(name),
    failBinding: (name, reason) => direct.settleBinding(name, 'Failed', reason),
    stopBinding: (name, reason = 'pause usage') => direct.settleBinding(name, 'Stopped', reason),
    resumeBinding: (name) => direct.settleBinding(name, 'Running', ''),
    bindOutputBucket: output.bind,
    unbindOutputBucket: output.unbind,
    bindInputBucket: input.bind,
    unbindInputBucket: input.unbind,
    setMissingBuckets: (buckets) =>
      world.store.change((state) => {
        state.missingBuckets = [...buckets];
      }),
    setBucketRules: (rules) =>
      world.store.change((state) => {
        state.bucketRules = rules.map((rule) => ({ ...rule }));
      }),
    deny: (denial) => world.denials.deny(denial),
    allowOnly: (accessKeyId, policy) => world.denials.allowOnly(accessKeyId, policy),
    allow: () => world.denials.allow(),
    expireTokens: () => world.credentials.expireTokens(),
    addFault: (fault) => world.faults.add(fault),
    faults: () => world.faults.list(),
    strikeBy: (draw) => {
      world.faults.drawn = draw;
    },
    clearFaults: (rule) => world.faults.clear(rule),
    releaseBindings: () => direct.releaseBindings(),
    setDiskFull: (isFull) => world.store.setDiskFull(isFull),
    onCall: (onCall) => world.calls.watch(onCall),
    park: (rule) => world.parks.park(rule),
    parks: () => world.parks.list(),
    releaseParks: (id) => world.parks.release(id),
    closeIdleConnections: () => server.closeIdleConnections(),
    close: async () => {
      world.parks.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      world.store.close();
    },
  };
}
