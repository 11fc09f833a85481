import { readFileSync } from 'node:fs';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { rootCertificates } from 'node:tls';
import { HttpsProxyAgent } from 'hpagent';
import { getProxyForUrl } from 'proxy-from-env';
import { ConfigurationError } from './errors.js';

/** More connections than the engine has operations under way are never opened: each operation sends one request. */
const KEPT = { keepAlive: true, maxFreeSockets: 64 } as const;

/** The connections of one wire: kept alive, through the proxy of the environment, TLS always checked. */
export class Agents {
  readonly #ca: readonly string[] | undefined;
  readonly #agents = new Map<string, HttpAgent>();

  constructor(caFile: string | undefined) {
    this.#ca =
      caFile === undefined
        ? undefined
        : [...rootCertificates, ...extraCertificates(), readCertificates(caFile)];
  }

  for(endpoint: string): HttpAgent {
    // Plain HTTP goes to loopback alone, where a proxy has no place.
    const proxy = endpoint.startsWith('https:') ? getProxyForUrl(endpoint) : '';
    const key = `${endpoint.slice(0, endpoint.indexOf(':'))} ${proxy}`;
    const found = this.#agents.get(key);
    if (found) return found;
    const made = this.#make(endpoint, proxy);
    this.#agents.set(key, made);
    return made;
  }

  #make(endpoint: string, proxy: string): HttpAgent {
    if (!endpoint.startsWith('https:')) return new HttpAgent(KEPT);
    // Said outright, so that NODE_TLS_REJECT_UNAUTHORIZED=0 does not reach these connections.
    const secure = { ...KEPT, rejectUnauthorized: true, ...(this.#ca && { ca: [...this.#ca] }) };
    return proxy === '' ? new HttpsAgent(secure) : new HttpsProxyAgent({ ...secure, proxy });
  }
}

/** A `ca` of our own replaces what Node added from NODE_EXTRA_CA_CERTS, so it is added again. */
function extraCertificates(): string[] {
  const file = process.env.NODE_EXTRA_CA_CERTS;
  return file ? [readCertificates(file)] : [];
}

function readCertificates(file: string): string {
  try {
    const text = readFileSync(file, 'utf8');
    if (text.includes('-----BEGIN CERTIFICATE-----')) return text;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ConfigurationError([
      `alicloud-media:caFile: ${JSON.stringify(file)} cannot be read (${code}).`,
    ]);
  }
  throw new ConfigurationError([
    `alicloud-media:caFile: ${JSON.stringify(file)} holds no certificate in PEM form.`,
  ]);
}
