import { redact } from '../provider/alicloud/records/redact.js';

/** Keys whose words are kept: they are terms of the API. */
const TERMS: ReadonlySet<string> = new Set(['State', 'Phase', 'Type']);
const TIME = /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/;
const SAFE = /^(oss:\/\/)?\{[a-z0-9 -]+\}$/;

/** What may leave this machine in a transcript: terms of the API, times, numbers, and placeholders for names. */
export class Redaction {
  readonly #names = new Map<string, string>();

  /** From now on `name` is written as `{placeholder}`. */
  name(name: string, placeholder: string): string {
    this.#names.set(name, `{${placeholder}}`);
    return name;
  }

  /** A text of the service. */
  text(text: string): string {
    return this.#named(redact(text))
      .replace(/\bhttps?:\/\/\S+/g, '{url}')
      .replace(/\b[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\b/gi, '{request id}')
      .replace(/\b\d{1,3}(\.\d{1,3}){3}\b/g, '{address}')
      .replace(/\b\d{12,20}\b/g, '{account}')
      .replace(/[A-Za-z0-9+/=_-]{32,}/g, '{opaque}');
  }

  params(
    params: Readonly<Record<string, string | number | boolean>>,
  ): Record<string, string | number | boolean> {
    return Object.fromEntries(
      Object.entries(params).map(([name, value]) => [
        name,
        typeof value === 'string' ? this.#value(value) : value,
      ]),
    );
  }

  /** A reply as its shape. */
  body(body: Readonly<Record<string, unknown>>): Record<string, unknown> {
    const { RequestId: _, ...rest } = body;
    return Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, this.#shape(key, value)]));
  }

  #shape(key: string, value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.#shape(key, item));
    if (typeof value === 'object' && value !== null) return this.body(value as Record<string, unknown>);
    if (typeof value !== 'string') return value;
    if (TIME.test(value) || (TERMS.has(key) && /^[A-Za-z]{1,30}$/.test(value))) return value;
    return this.#value(value);
  }

  #value(value: string): string {
    const named = this.#named(value);
    if (SAFE.test(named)) return named;
    return value === '' ? '' : '{other}';
  }

  /** The longest name first: one may be the beginning of another. */
  #named(text: string): string {
    return [...this.#names]
      .sort(([a], [b]) => b.length - a.length)
      .reduce((clean, [name, placeholder]) => clean.split(name).join(placeholder), text);
  }
}
