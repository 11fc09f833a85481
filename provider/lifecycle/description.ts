import type { Service } from '../alicloud/sending/services.js';

/**
 * What a value is. `integer` is a number that JavaScript holds exactly. `int64` goes up to 2^63-1, more than a state can
 * hold as a number: a text of digits, or a number up to 2^53-1, kept as text. `tags` is a plain map of texts.
 */
export type ValueType = 'string' | 'boolean' | 'integer' | 'int64' | 'tags';

/** One argument of a resource. Types, checks, diff, docs, schema and requests are made from this. */
export interface ArgDescription {
  readonly type: ValueType;
  readonly required?: boolean;
  /** A change replaces the resource, the old one deleted first. */
  readonly replaces?: boolean;
  /** A change is sent, and the resource stays. Without this and `replaces` a change sends nothing. */
  readonly updates?: boolean;
  /** Of what `updates`: what is sent once the program does not say it any more. */
  readonly reset?: string | number | Readonly<Record<string, string>>;
  /** The parameter of the requests and the field of the answers; absent for what stays with the provider. */
  readonly wire?: string;
  readonly matches?: RegExp;
  /** Words for people, and no name of anything. */
  readonly prose?: boolean;
  /** The least and the greatest of a number. */
  readonly range?: readonly [least: number | string, greatest: number | string];
  /** The rule of `matches` or `range` as a person says it. */
  readonly rule?: string;
  readonly description: string;
  readonly default?: string;
  /** Where the fact comes from. */
  readonly source?: string;
  readonly example: string;
}

/** An argument that takes a resource in place of its names, where the program has it. */
export interface ParentDescription {
  /** The type of the resource, of the same module: `Project`. */
  readonly type: string;
  /** The arguments that it fills, besides `region`. */
  readonly fills: readonly string[];
  readonly description: string;
}

export interface OutputDescription {
  readonly type: ValueType | 'rows';
  /** The fields of each of `rows`. */
  readonly fields?: Readonly<Record<string, OutputDescription>>;
  /** Absent in some states of the link, or in some answers. */
  readonly optional?: boolean;
  /** The field of the answers, where the output is just that. */
  readonly wire?: string;
  /** The flag among the arguments of a function without which it is absent. */
  readonly onlyWith?: string;
  readonly values?: readonly string[];
  readonly description: string;
}

export interface Calls {
  readonly make: string;
  readonly remove: string;
  /** Changes it in place. */
  readonly update?: string;
  /** Removes what it holds, where the program says so. */
  readonly clear?: string;
  /** Those that only look. */
  readonly reads: readonly string[];
}

export interface RamAction {
  readonly action: string;
  /** The resource of the policy statement, as the API page gives it. */
  readonly resource: string;
  /** Of one that has no permission for a part: where that is said. */
  readonly source?: string;
}

/** A part of the life of a resource that needs permissions; an audit lists what exists, whoever made it. */
export type Step = 'create' | 'read' | 'update' | 'delete' | 'audit';

/** A RAM action of a resource. */
export interface StepAction extends RamAction {
  readonly steps: readonly Step[];
  /** Where in those steps, if not always. */
  readonly where?: string;
  /** The argument without which it is not needed. */
  readonly onlyWith?: string;
}

/** A RAM action of a function. */
export interface FunctionAction extends RamAction {
  readonly when: string;
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
  /**
   * Its ids may read as those of another resource: ALICLOUD_MEDIA_ADOPT takes them with the title in front,
   * `imm.Project:cn-shanghai/media`.
   */
  readonly adoptedByTitle?: boolean;
  /** By the name of the argument. */
  readonly parents?: Readonly<Record<string, ParentDescription>>;
  readonly args: Readonly<Record<string, ArgDescription>>;
  readonly outputs: Readonly<Record<string, OutputDescription>>;
  readonly ramActions: readonly StepAction[];
}

/** A question about the service that makes nothing. */
export interface FunctionDescription {
  readonly module: 'imm' | 'mps';
  readonly name: string;
  readonly service: Exclude<Service, 'sts'>;
  /** The file of its function in `provider/program/`. */
  readonly entry: string;
  readonly summary: string;
  /** What it reads, after "cannot read" and before the id: `imm.DatasetBinding`. */
  readonly subject: string;
  /** What follows in a message: its id, or which ones. A part whose argument is not given is left out. */
  readonly idFormat: string;
  /** The resources whose id this is; by default the subject. */
  readonly about?: readonly string[];
  readonly ramActions: readonly FunctionAction[];
  readonly args: Readonly<Record<string, ArgDescription>>;
  readonly outputs: Readonly<Record<string, OutputDescription>>;
}

interface Values {
  readonly string: string;
  readonly boolean: boolean;
  readonly integer: number;
  /** Digits. */
  readonly int64: string;
  readonly tags: Readonly<Record<string, string>>;
}

type ValueOf<A extends ArgDescription> = Values[A['type']];
type Required<Args> = {
  [K in keyof Args as Args[K] extends { readonly required: true } ? K : never]: Args[K];
};
type Optional<Args> = {
  [K in keyof Args as Args[K] extends { readonly required: true } ? never : K]: Args[K];
};

/** The checked inputs of a resource, as its lifecycle sees them: `region` is filled in by then. */
export type InputsOf<D extends Pick<ResourceDescription, 'args'>> = {
  readonly [K in keyof Required<D['args']>]: ValueOf<D['args'][K & keyof D['args']]>;
} & { readonly [K in keyof Optional<D['args']>]?: ValueOf<D['args'][K & keyof D['args']]> } & {
  readonly region: string;
  readonly customTimeouts?: CustomTimeouts;
};

type ResultValue<O> = O extends { readonly type: 'rows'; readonly fields: infer Fields }
  ? readonly ResultsOf<Fields>[]
  : O extends { readonly type: infer T extends ValueType }
    ? Values[T]
    : never;

type Always<Outputs> = {
  [K in keyof Outputs as Outputs[K] extends { readonly optional: true } ? never : K]: Outputs[K];
};
type Sometimes<Outputs> = {
  [K in keyof Outputs as Outputs[K] extends { readonly optional: true } ? K : never]: Outputs[K];
};
type ResultsOf<Outputs> = {
  readonly [K in keyof Always<Outputs>]: ResultValue<Outputs[K & keyof Outputs]>;
} & {
  readonly [K in keyof Sometimes<Outputs>]?: ResultValue<Outputs[K & keyof Outputs]>;
};

/** What a function gives. */
export type ResultOf<F extends Pick<FunctionDescription, 'outputs'>> = ResultsOf<F['outputs']>;

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

/** `imm.getDatasetBinding`, as messages call it. */
export function functionTitle({ module, name }: Pick<FunctionDescription, 'module' | 'name'>): string {
  return `${module}.${name}`;
}

/** `alicloud-media:imm:getDatasetBinding`: by which the engine asks the plugin, and a program its mocks. */
export function functionToken({ module, name }: Pick<FunctionDescription, 'module' | 'name'>): string {
  return `alicloud-media:${module}:${name}`;
}

export function typeToken({ type }: ResourceDescription): string {
  return `pulumi-nodejs:dynamic/alicloud-media:${type}`;
}

/** `alicloud-media:imm:DatasetBinding`: the type of a resource of the plugin in programs of every language. */
export function pluginType({ module, type }: ResourceDescription): string {
  return `alicloud-media:${module}:${type}`;
}

/** What stands in the state of every resource. Frozen: a state written today names it for ever. */
export function providerText({ entry }: Pick<ResourceDescription, 'entry'>): string {
  return `exports.handler=()=>require("pulumi-alicloud-media/${entry}")`;
}
