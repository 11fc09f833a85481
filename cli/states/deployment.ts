import { gunzipSync } from 'node:zlib';

/** A resource as a state keeps it; only what a command reads. */
export interface ResourceRecord {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  /** Only read, by `get`. */
  readonly external?: boolean;
  /** To be deleted yet: the old one of a replacement that was cut off. */
  readonly delete?: boolean;
  readonly protect?: boolean;
  readonly retainOnDelete?: boolean;
  readonly deletedWith?: string;
  readonly parent?: string;
  readonly dependencies?: readonly string[];
  readonly aliases?: readonly string[];
  readonly created?: string;
}

/** What was under way when the engine ended. */
export interface PendingRecord {
  readonly type: string;
  readonly resource: ResourceRecord;
}

export interface Deployment {
  readonly manifest?: { readonly time?: string };
  readonly resources?: readonly ResourceRecord[];
  readonly pending_operations?: readonly PendingRecord[];
}

/** A state, and the stack that it says it is of. */
export interface Read {
  readonly stack: string | undefined;
  readonly deployment: Deployment;
}

/** A secret in a state stays as it is there: encrypted. */
export function isSecret(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    (value as Record<string, unknown>)['4dabf18193072939515e22adb298388d'] ===
      '1b47061264138c4ac30d75fd1eb44270'
  );
}

/** Reads what `pulumi stack export` writes, or the file of a backend; undefined for any other text. */
export function readDeployment(content: Buffer): Read | undefined {
  const parsed = parse(content);
  if (typeof parsed !== 'object' || parsed === null) return undefined;
  const { version, deployment, checkpoint } = parsed as {
    version?: unknown;
    deployment?: Deployment | null;
    checkpoint?: { stack?: string; latest?: Deployment | null } | null;
  };
  if (typeof version !== 'number') return undefined;
  // A stack that was never updated has no deployment.
  if (checkpoint) return { stack: checkpoint.stack, deployment: checkpoint.latest ?? {} };
  if (deployment !== undefined) return { stack: undefined, deployment: deployment ?? {} };
  return undefined;
}

function parse(content: Buffer): unknown {
  try {
    const isZipped = content[0] === 0x1f && content[1] === 0x8b;
    return JSON.parse((isZipped ? gunzipSync(content) : content).toString('utf8'));
  } catch {
    return undefined;
  }
}
