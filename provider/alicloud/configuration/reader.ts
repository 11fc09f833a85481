import { nearest } from '../../nearest.js';

export interface Found {
  readonly value: string;
  /** The key or the variable itself, for a person to correct. */
  readonly name: string;
  /** `config alicloud:region`, `environment ALICLOUD_REGION`. */
  readonly source: string;
}

/** Looks values up and collects what is wrong with them, so that one error tells everything. */
export class Reader {
  readonly problems: string[] = [];
  readonly environment: NodeJS.ProcessEnv;
  readonly #get: (key: string) => string | undefined;
  /** Whether a key is given, with a value that nobody knows yet. */
  readonly isUndecided: (key: string) => boolean;

  constructor(
    get: (key: string) => string | undefined,
    environment: NodeJS.ProcessEnv,
    isUndecided: (key: string) => boolean = () => false,
  ) {
    this.#get = get;
    this.environment = environment;
    this.isUndecided = isUndecided;
  }

  /** An empty value is a problem: what it stood for would be taken from somewhere else. */
  config(key: string): Found | undefined {
    const value = this.#get(key);
    if (value === undefined || this.isUndecided(key)) return undefined;
    if (value.trim() !== '') return { value, name: key, source: `config ${key}` };
    this.say(key, 'is empty; remove it or give it a value');
    return undefined;
  }

  /** An empty variable is an unset one: shells and CI systems cannot tell these apart. */
  variable(name: string): Found | undefined {
    const value = this.environment[name];
    return value === undefined || value === '' ? undefined : { value, name, source: `environment ${name}` };
  }

  variables(names: readonly string[]): Found | undefined {
    for (const name of names) {
      const found = this.variable(name);
      if (found) return found;
    }
    return undefined;
  }

  first(key: string, ...names: string[]): Found | undefined {
    return this.config(key) ?? (this.isUndecided(key) ? undefined : this.variables(names));
  }

  say(name: string, rule: string): void {
    const problem = `${name} ${rule}.`;
    if (!this.problems.includes(problem)) this.problems.push(problem);
  }

  /** Only for what is never secret. */
  wrong({ name, value }: Found, rule: string): void {
    this.say(name, `is ${JSON.stringify(value)}; ${rule}`);
  }

  flag(found: Found | undefined): boolean {
    if (found && found.value !== 'true' && found.value !== 'false')
      this.wrong(found, 'it must be true or false');
    return found?.value === 'true';
  }

  /** A whole number within limits, or undefined with a problem. */
  whole(found: Found, least: number, most: number, unit: string): number | undefined {
    const value = /^\d+$/.test(found.value.trim()) ? Number(found.value) : Number.NaN;
    if (value >= least && value <= most) return value;
    this.wrong(found, `it must be a whole number of ${unit} from ${least} to ${most}`);
    return undefined;
  }

  /** A secret is never shown; a space, a line break or a letter that only looks like one is a slip of copying. */
  checkSecret({ name, value }: Found): void {
    if (/[^\x21-\x7e]/.test(value))
      this.say(name, 'has a space, a line break or a control character in it, or a letter beyond ASCII');
  }

  /** An object, or Terraform's list of one object, with text fields. Nothing of it is shown: fields may be secret. */
  fields(key: string, known: readonly string[]): Map<string, Found> | undefined {
    const given = this.config(key);
    if (!given) return undefined;
    const parsed = parse(given.value);
    const list = Array.isArray(parsed) ? parsed : [parsed];
    if (Array.isArray(parsed) && parsed.length === 0) return undefined;
    const [only] = list;
    if (list.length !== 1 || typeof only !== 'object' || only === null || Array.isArray(only)) {
      this.say(key, 'must be an object, or a list of one object, in JSON');
      return undefined;
    }
    const found = new Map<string, Found>();
    for (const [field, value] of Object.entries(only as Record<string, unknown>)) {
      const name = `${key}.${field}`;
      if (!known.includes(field)) {
        this.say(key, `has '${field}', which is not known; nearest: '${nearest(field, known, 1).join()}'`);
      } else if (typeof value === 'string' || typeof value === 'number') {
        if (value === '') this.say(name, 'is empty; remove it or give it a value');
        else found.set(field, { value: String(value), name, source: `config ${name}` });
      } else if (value !== null) {
        this.say(name, 'must be a text or a number');
      }
    }
    return found;
  }
}

export function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The reason would quote the text, which may hold a secret.
    return undefined;
  }
}
