import type { Service } from '../alicloud/services.js';

/** One argument of a resource. Types, checks, diff, docs and schema are made from this. */
export interface ArgDescription {
  readonly type: 'string' | 'boolean';
  readonly required?: boolean;
  /** A change replaces the resource, the old one deleted first. Without it a change does nothing. */
  readonly replaces?: boolean;
  readonly matches?: RegExp;
  /** The rule of `matches` as a person says it. */
  readonly rule?: string;
  readonly description: string;
  readonly default?: string;
  /** Where the fact comes from. */
  readonly source?: string;
  readonly example: string;
}

export interface OutputDescription {
  readonly type: 'string';
  /** Absent in some states of the link. */
  readonly optional?: boolean;
  readonly values?: readonly string[];
  readonly description: string;
}

export interface Calls {
  readonly make: string;
  readonly remove: string;
  /** Changes it in place. */
  readonly update?: string;
  /** Those that only look. */
  readonly reads: readonly string[];
}

export interface RamAction {
  readonly action: string;
  readonly when: string;
  /** The resource of the policy statement, as the API page gives it. */
  readonly resource: string;
}

export interface ResourceDescription {
  /** `imm` of `imm.DatasetBinding`: the name that users import. */
  readonly module: 'imm' | 'mps';
  readonly type: string;
  readonly service: Exclude<Service, 'sts'>;
  /** The entry of this package that serves it; stands in every user's state and never changes. */
  readonly entry: string;
  readonly summary: string;
  /** The actions of its service by which its lifecycle works. */
  readonly calls: Calls;
  /** What is over once it is deleted, as a sentence. */
  readonly stops: string;
  /** What a replacement means, after "is to be replaced:". */
  readonly replacement: string;
  readonly idFormat: string;
  readonly idExample: string;
  readonly args: Readonly<Record<string, ArgDescription>>;
  readonly outputs: Readonly<Record<string, OutputDescription>>;
  readonly ramActions: readonly RamAction[];
}

/** A question about the service that makes nothing. */
export interface FunctionDescription {
  readonly module: 'imm' | 'mps';
  readonly name: string;
  /** The file of its function in `provider/program/`. */
  readonly entry: string;
  readonly summary: string;
  readonly args: Readonly<Record<string, ArgDescription>>;
  readonly outputs: Readonly<Record<string, OutputDescription>>;
}

type ValueOf<A extends ArgDescription> = A['type'] extends 'boolean' ? boolean : string;
type Required<Args> = {
  [K in keyof Args as Args[K] extends { readonly required: true } ? K : never]: Args[K];
};
type Optional<Args> = {
  [K in keyof Args as Args[K] extends { readonly required: true } ? never : K]: Args[K];
};

/** The checked inputs of a resource, as its lifecycle sees them: `region` is filled in by then. */
export type InputsOf<D extends ResourceDescription> = {
  readonly [K in keyof Required<D['args']>]: ValueOf<D['args'][K & keyof D['args']]>;
} & { readonly [K in keyof Optional<D['args']>]?: ValueOf<D['args'][K & keyof D['args']]> } & {
  readonly region: string;
  readonly customTimeouts?: CustomTimeouts;
};

export type ResultOf<F extends FunctionDescription> = { readonly [K in keyof F['outputs']]: string };

/** How long an operation may take, as Pulumi writes durations: `90s`, `10m`, `1h30m`. */
export interface CustomTimeouts {
  readonly create?: string;
  readonly update?: string;
  readonly delete?: string;
}

/** `DatasetBinding` in module `imm`, as messages call it. */
export function titleOf({ module, type }: ResourceDescription): string {
  return `${module}.${type}`;
}

export function typeToken({ type }: ResourceDescription): string {
  return `pulumi-nodejs:dynamic/alicloud-media:${type}`;
}

/** What stands in the state of every resource. Frozen: a state written today names it for ever. */
export function providerText({ entry }: ResourceDescription): string {
  return `exports.handler=()=>require("pulumi-alicloud-media/${entry}")`;
}
