import { getProxyForUrl } from 'proxy-from-env';
import { ConfigurationError } from '../answers/errors.js';

/** Those that proxy-from-env reads for an endpoint with TLS, in its order. */
const VARIABLES = ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'];

/** The proxy for an endpoint, by the environment; undefined for the direct way. It may hold a password. */
export function proxyFor(endpoint: string): URL | undefined {
  const name = VARIABLES.find((variable) => process.env[variable]);
  if (name === undefined || getProxyForUrl(endpoint) === '' || isBelowExcepted(endpoint)) return undefined;
  const proxy = parse(process.env[name] ?? '');
  if (proxy !== undefined) return proxy;
  // The value stays out of it: it may hold a password.
  throw new ConfigurationError([
    `${name} is not the address of a proxy, http://user:password@host:port or https://…, ` +
      'with the special characters of user and password written as %XX.',
  ]);
}

function parse(value: string): URL | undefined {
  try {
    // Without a scheme it speaks plain HTTP, as curl and the engine take it; proxy-from-env would say TLS.
    const proxy = new URL(value.includes('://') ? value : `http://${value}`);
    decodeURIComponent(proxy.username + proxy.password);
    return proxy.hostname !== '' && /^https?:$/.test(proxy.protocol) ? proxy : undefined;
  } catch {
    return undefined;
  }
}

/** A name in NO_PROXY holds for all below it, as curl and the engine take it; proxy-from-env asks for a dot before it. */
function isBelowExcepted(endpoint: string): boolean {
  const { hostname } = new URL(endpoint);
  const excepted = (process.env.no_proxy || process.env.NO_PROXY || '').toLowerCase().split(/[,\s]+/);
  return excepted.some((name) => /^[a-z]/.test(name) && hostname.endsWith(`.${name.replace(/:443$/, '')}`));
}
