/** One request as the emulator saw it. No credential is ever in it: parameters are recorded from an allow-list. */
export interface JournalEntry {
  readonly sequence: number;
  /** Milliseconds of the emulator's clock. */
  readonly time: number;
  /** Milliseconds of this clock from then to its reply, with what a fault held it back. */
  readonly took: number;
  /** imm, mts, sts, or '' when the request named none of them. */
  readonly service: string;
  readonly version: string;
  readonly action: string;
  /** '' when the signature was not accepted. */
  readonly account: string;
  readonly region: string;
  /** `cn-shanghai/project/dataset/oss://bucket`, `cn-shanghai/bucket`, `project/dataset` or `project`. */
  readonly link: string;
  readonly params: Readonly<Record<string, string>>;
  readonly status: number;
  /** '' on success. */
  readonly code: string;
  readonly requestId: string;
  /** Counts TCP connections from 1. */
  readonly connection: number;
  readonly userAgent: string;
  readonly method: string;
  /** The kind of fault that struck, or ''. `status` and `code` are the operation's own when it was carried out. */
  readonly fault: string;
  /** The number of its rule, or 0. */
  readonly faultRule: number;
  /** How often the operation was carried out with success. */
  readonly effects: number;
  /** The HTTP status that was sent; 0: nothing was. */
  readonly sent: number;
}

// Everything a caller may send that is worth an assertion. Not here: AccessKeyId, SecurityToken, Signature,
// SignatureNonce, OIDCToken and whatever else a client may add.
const RECORDED = new Set([
  'ProjectName',
  'DatasetName',
  'URI',
  'Name',
  'Prefix',
  'MaxResults',
  'NextToken',
  'Description',
  'TemplateId',
  'ServiceRole',
  'Tag',
  'WithStatistics',
  'DatasetMaxBindCount',
  'ProjectMaxDatasetCount',
  'Bucket',
  'Referer',
  'MaximumPageSize',
  'NextPageToken',
  'RegionId',
  'RoleArn',
  'RoleSessionName',
  'DurationSeconds',
  'OIDCProviderArn',
]);

const MOST = 100_000;

// Recorded as present; the value may be private.
const NAMED_ONLY = new Set(['ExternalId', 'Policy']);

export function recordedParams(params: ReadonlyMap<string, string>): Record<string, string> {
  const recorded: Record<string, string> = {};
  for (const [name, value] of params) {
    if (RECORDED.has(name)) recorded[name] = value;
    else if (NAMED_ONLY.has(name)) recorded[name] = '[given]';
  }
  return recorded;
}

export class Journal {
  #entries: JournalEntry[] = [];
  #sequence = 0;

  get entries(): readonly JournalEntry[] {
    return this.#entries;
  }

  /** An emulator that runs for days must not grow for ever: of too many entries the older half goes. */
  record(entry: Omit<JournalEntry, 'sequence'>): JournalEntry {
    if (this.#entries.length >= MOST) this.#entries = this.#entries.slice(MOST / 2);
    this.#sequence += 1;
    const recorded = Object.freeze({ ...entry, sequence: this.#sequence });
    this.#entries.push(recorded);
    return recorded;
  }

  clear(): void {
    this.#entries = [];
  }
}
