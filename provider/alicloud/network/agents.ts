import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { rootCertificates } from 'node:tls';
import { ConfigurationError } from '../answers/errors.js';
import { proxyFor } from './proxy.js';
import { TunnelAgent } from './tunnel.js';

/** More connections than the engine has operations under way are never opened: each operation sends one request. */
const KEPT = { keepAlive: true, maxFreeSockets: 64 } as const;

const BLOCK = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;

/** The connections of one wire: kept alive, through the proxy of the environment, TLS always checked. */
export class Agents {
  readonly #ca: readonly string[] | undefined;
  readonly #agents = new Map<string, HttpAgent>();

  constructor(caFile: string | undefined) {
    this.#ca =
      caFile === undefined
        ? undefined
        : [...rootCertificates, ...extraCertificates(), readCertificates('alicloud-media:caFile', caFile)];
  }

  for(endpoint: string): HttpAgent {
    // Plain HTTP goes to this machine, or to a source of credentials: a proxy would read what it answers.
    const proxy = endpoint.startsWith('https:') ? proxyFor(endpoint) : undefined;
    const key = `${endpoint.slice(0, endpoint.indexOf(':'))} ${proxy?.href}`;
    const found = this.#agents.get(key);
    if (found) return found;
    const made = this.#make(endpoint, proxy);
    this.#agents.set(key, made);
    return made;
  }

  #make(endpoint: string, proxy: URL | undefined): HttpAgent {
    if (!endpoint.startsWith('https:')) return new HttpAgent(KEPT);
    // Said outright, so that NODE_TLS_REJECT_UNAUTHORIZED=0 does not reach these connections.
    const secure = { rejectUnauthorized: true, ...(this.#ca && { ca: [...this.#ca] }) } as const;
    if (proxy === undefined) return new HttpsAgent({ ...KEPT, ...secure });
    // The same for the connection to the proxy, which carries its password.
    return new TunnelAgent(proxy, KEPT, secure);
  }
}

/** A `ca` of our own replaces what Node added from NODE_EXTRA_CA_CERTS, so it is added again. */
function extraCertificates(): string[] {
  const file = process.env.NODE_EXTRA_CA_CERTS;
  return file ? [readCertificates('NODE_EXTRA_CA_CERTS', file)] : [];
}

function readCertificates(name: string, file: string): string {
  const problem = certificatesProblem(file);
  if (problem !== undefined)
    throw new ConfigurationError([`${name} is ${JSON.stringify(file)}; ${problem}.`]);
  return readFileSync(file, 'utf8');
}

/** Why a file cannot be used as one of certificate authorities, or undefined. */
export function certificatesProblem(file: string): string | undefined {
  try {
    const blocks = readFileSync(file, 'utf8').match(BLOCK) ?? [];
    for (const block of blocks) new X509Certificate(block);
    return blocks.length > 0 ? undefined : 'it holds no certificate in PEM form';
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    return syscall === undefined ? 'a certificate in it is damaged' : `it cannot be read (${code})`;
  }
}
