import type { ApiRequest, Caller } from '../pipeline/api-request.js';
import { chance } from '../random.js';
import { type Fault, readFault } from './fault.js';
import { specOf } from './kinds.js';
import { fits } from './match.js';
import type { FaultSpec } from './spec.js';

/** A rule with what it has done. */
export interface FaultRule {
  readonly id: number;
  readonly fault: Fault;
  /** Requests it was for, while it was not used up. */
  readonly matched: number;
  /** Requests it made go wrong. */
  readonly struck: number;
}

/** A rule that strikes a request. */
export interface Strike {
  readonly rule: number;
  readonly fault: Fault;
  readonly spec: FaultSpec;
}

interface Counted extends FaultRule {
  readonly spec: FaultSpec;
  readonly times: number;
  matched: number;
  struck: number;
  /** For a probability: how often each call came. */
  readonly seen: Map<string, number>;
}

export class FaultRules {
  #rules: Counted[] = [];
  /** Is asked where no rule strikes. */
  drawn: ((request: ApiRequest) => Fault | undefined) | undefined;
  #lastId = 0;

  /** The number of the rule, as the journal names it. */
  add(given: Fault): number {
    const fault = readFault({ ...given });
    this.#lastId += 1;
    const times = typeof fault.times === 'number' ? fault.times : fault.times ? Number.POSITIVE_INFINITY : 1;
    const counts = { matched: 0, struck: 0, seen: new Map<string, number>() };
    this.#rules.push({ id: this.#lastId, fault, spec: specOf(fault.kind), times, ...counts });
    return this.#lastId;
  }

  /** One rule, or all of them. */
  clear(id?: number): void {
    this.#rules = id === undefined ? [] : this.#rules.filter((rule) => rule.id !== id);
  }

  list(): FaultRule[] {
    return this.#rules.map(({ id, fault, matched, struck }) => ({ id, fault, matched, struck }));
  }

  /** The first rule that strikes. Rules after it do not count the request. */
  pick(request: ApiRequest, caller: Caller): Strike | undefined {
    for (const rule of this.#rules) {
      if (rule.struck >= rule.times || !isFor(rule, request, caller)) continue;
      rule.matched += 1;
      if (rule.matched <= (rule.fault.skip ?? 0) || !isDrawn(rule, request)) continue;
      rule.struck += 1;
      return { rule: rule.id, fault: rule.fault, spec: rule.spec };
    }
    const fault = this.drawn?.(request);
    return fault && { rule: 0, fault, spec: specOf(fault.kind) };
  }
}

function isFor({ fault, spec }: Counted, request: ApiRequest, caller: Caller): boolean {
  if (spec.actions && !spec.actions.includes(request.action)) return false;
  if (fault.accessKeyId !== undefined && fault.accessKeyId !== caller.accessKeyId) return false;
  return fits(fault, request);
}

function isDrawn({ id, fault, seen }: Counted, request: ApiRequest): boolean {
  if (fault.probability === undefined) return true;
  const call = `${request.action} ${request.link}`;
  const count = (seen.get(call) ?? 0) + 1;
  seen.set(call, count);
  return chance(`${fault.seed ?? id} ${count} ${call}`) < fault.probability;
}
