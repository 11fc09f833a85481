import { invalidArgument, missingArgument } from '../api-error.js';
import type { ApiRequest } from '../pipeline/api-request.js';

/** Letters, digits, "-" and "_", 1-128, begins with a letter or "_": api-facts.md §2.3 and §2.4. */
const NAME = /^[A-Za-z_][A-Za-z0-9_-]{0,127}$/;

/** The OSS rule for bucket names: api-facts.md §3.3. No prefix is documented (§2.1). */
const OSS_URI = /^oss:\/\/([a-z0-9][a-z0-9-]{1,61}[a-z0-9])$/;

export function requiredText(request: ApiRequest, name: string): string {
  const value = request.params.get(name);
  if (value === undefined || value === '') throw missingArgument(name);
  return value;
}

export function newName(request: ApiRequest, name: string): string {
  const value = requiredText(request, name);
  if (!NAME.test(value)) throw invalidArgument(`Specified parameter ${name} is not valid.`);
  return value;
}

/** The bucket of the parameter URI. */
export function bucketOfUri(request: ApiRequest): string {
  const bucket = OSS_URI.exec(requiredText(request, 'URI'))?.[1];
  if (bucket === undefined) throw invalidArgument('Specified parameter URI is not valid.');
  return bucket;
}

/** A bucket by its bare name. */
export function bucketName(request: ApiRequest, name: string): string {
  const bucket = requiredText(request, name);
  if (!OSS_URI.test(`oss://${bucket}`)) throw invalidArgument(`Specified parameter ${name} is not valid.`);
  return bucket;
}

export function wholeNumber(
  request: Pick<ApiRequest, 'params'>,
  name: string,
  least: number,
  most: number,
): number | undefined {
  const text = request.params.get(name);
  if (text === undefined || text === '') return undefined;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least && value <= most)) {
    throw invalidArgument(`The parameter ${name} must be a number from ${least} to ${most}.`);
  }
  return value;
}

/** JavaScript holds no such number: a mark by which the reply writes the digits as they are. */
const EXACT = '\uE000';
const MOST = 2n ** 63n - 1n;

/** A number up to 2^63-1 (api-facts.md §2.7). */
export function longNumber(request: Pick<ApiRequest, 'params'>, name: string): number | string | undefined {
  const text = request.params.get(name);
  if (text === undefined || text === '') return undefined;
  if (!/^\d{1,19}$/.test(text) || BigInt(text) > MOST)
    throw invalidArgument(`The parameter ${name} must be a number from 0 to ${MOST}.`);
  return Number.isSafeInteger(Number(text)) ? Number(text) : `${EXACT}${BigInt(text)}`;
}

/** 1-256 characters: api-facts.md §2.3 and §2.4. */
export function description(request: ApiRequest, most = 256): Record<string, unknown> {
  const text = request.params.get('Description');
  if (text === undefined || text === '') return {};
  if ([...text].length > most) throw invalidArgument('Specified parameter Description is not valid.');
  return { Description: text };
}

/** A parameter that is sent as one JSON text: Tag and WorkflowParameters (api-facts.md §2.3, §2.4). */
export function jsonList(request: ApiRequest, name: string): Record<string, unknown>[] | undefined {
  const text = request.params.get(name);
  if (text === undefined || text === '') return undefined;
  const list = parseOrUndefined(text);
  if (!Array.isArray(list) || !list.every(isObject)) {
    throw invalidArgument(`Specified parameter ${name} is not valid.`);
  }
  return list;
}

/** What a text of JSON says; nothing where it is none. */
export function parseOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a flag is set. The official client for Python writes `True`. */
export function isSet(request: ApiRequest, name: string): boolean {
  return /^true$/i.test(request.params.get(name) ?? '');
}
