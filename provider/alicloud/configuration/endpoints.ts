import { SERVICES, type Service } from '../sending/services.js';
import { parse, type Reader } from './reader.js';

const KEY = 'alicloud:endpoints';
const NAMES = Object.keys(SERVICES) as Service[];

export interface Endpoint {
  readonly url: string;
  /** `environment IMM_ENDPOINT` or `config alicloud:endpoints`. */
  readonly source: string;
}

/** The hosts that replace those of services.ts. A variable wins over the configuration. */
export function readEndpoints(reader: Reader): Partial<Record<Service, Endpoint>> {
  const given = configured(reader);
  const found: Partial<Record<Service, Endpoint>> = {};
  for (const service of NAMES) {
    const variable = reader.variable(`${service.toUpperCase()}_ENDPOINT`);
    const text = variable?.value ?? given.get(service);
    if (text === undefined) continue;
    const url = originOf(text, variable?.name ?? `${KEY}.${service}`, reader);
    if (url !== undefined) found[service] = { url, source: variable?.source ?? `config ${KEY}` };
  }
  return found;
}

/** Services of others are passed over: the key is shared with @pulumi/alicloud, which has more than a hundred. */
function configured(reader: Reader): Map<string, string> {
  const result = new Map<string, string>();
  const key = reader.config(KEY);
  if (!key) return result;
  const parsed = parse(key.value);
  for (const entry of Array.isArray(parsed) ? parsed : [parsed]) {
    if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
      reader.say(KEY, 'must be an object, or a list of objects, in JSON');
      continue;
    }
    for (const [name, value] of Object.entries(entry as Record<string, unknown>)) {
      if (name === 'mps') reader.say(KEY, "has 'mps', which is not known; the endpoint of MPS is 'mts'");
      if (!NAMES.some((service) => service === name) || value === null || value === '') continue;
      if (typeof value !== 'string') reader.say(`${KEY}.${name}`, 'must be a text');
      else if ((result.get(name) ?? value) !== value)
        reader.say(`${KEY}.${name}`, 'is given twice, with different values');
      else result.set(name, value);
    }
  }
  return result;
}

function originOf(text: string, name: string, reader: Reader): string | undefined {
  const value = text.trim();
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `https://${value}`;
  const url = URL.canParse(full) ? new URL(full) : undefined;
  if (!url || url.hostname === '' || !/^https?:$/.test(url.protocol)) {
    reader.say(name, 'must be a host, or an https:// URL of one');
    return undefined;
  }
  if (
    url.username !== '' ||
    url.password !== '' ||
    url.search !== '' ||
    url.hash !== '' ||
    url.pathname !== '/'
  ) {
    // Not shown: what is too much may be a password.
    reader.say(name, 'must be a host and nothing more: no user, path or query');
    return undefined;
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    reader.wrong({ name, value, source: '' }, 'http:// is for this machine alone, so it must be https://');
    return undefined;
  }
  return url.origin;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(\.\d+){3}$/.test(host);
}
