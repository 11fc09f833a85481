import type { Agent } from 'node:http';
import { BarredError } from '../answers/errors.js';
import type { Service } from '../sending/services.js';
import { ProxyAnswerError, TunnelAgent } from './tunnel.js';

interface Asked {
  readonly service: Service;
  readonly action: string;
  readonly endpoint: string;
  readonly agent?: Agent;
}

/** Nobody who is trusted signed it. The other codes of a certificate that is refused are about itself. */
const UNKNOWN_AUTHORITY = new Set([
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);
const REFUSED_CERTIFICATE = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REVOKED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'INVALID_CA',
]);

/** Host and port of the proxy that the connections of this agent go through: nothing else of its address is ever shown. */
export function proxyOf({ agent }: { readonly agent?: Agent | undefined }): string | undefined {
  return agent instanceof TunnelAgent ? agent.proxy : undefined;
}

/** What a proxy answered instead of opening the way, as `HTTP 502 of the proxy`. */
export function proxyStatus(thrown: unknown): string | undefined {
  return thrown instanceof ProxyAnswerError ? `HTTP ${thrown.status} of the proxy` : undefined;
}

interface Barrier {
  readonly reason: string;
  /** What a person has to change. */
  readonly hint: string;
}

/** What the same request meets again and again, in words; undefined for a failure that may pass. */
export function barrier(
  endpoint: string,
  agent: Agent | undefined,
  thrown: unknown,
  isProxyPassed: boolean,
): Barrier | undefined {
  const proxy = proxyOf({ agent });
  const { code = '' } = thrown as { code?: string };
  const whose = proxy !== undefined && !isProxyPassed ? `the proxy ${proxy}` : endpoint;
  if (UNKNOWN_AUTHORITY.has(code)) {
    return {
      reason: `the certificate of ${whose} is of an authority that is not trusted (${code})`,
      hint: 'If it is the right one, name a PEM file with that authority in alicloud-media:caFile or NODE_EXTRA_CA_CERTS.',
    };
  }
  if (REFUSED_CERTIFICATE.has(code)) {
    return {
      reason: `the certificate of ${whose} is not valid (${code})`,
      hint: 'Check the endpoint, the proxy and the clock.',
    };
  }
  const status = proxyStatus(thrown);
  if (status === 'HTTP 407 of the proxy') {
    return {
      reason: `the proxy ${proxy} wants another user or password for ${endpoint} (HTTP 407)`,
      hint: 'Give them in HTTPS_PROXY, as http://user:password@host:port.',
    };
  }
  // Too slow and too many pass; all else that a proxy holds against a request stays.
  if (status !== undefined && /HTTP 4(?!08|29)/.test(status)) {
    return {
      reason: `the proxy ${proxy} refuses connections to ${endpoint} (${status})`,
      hint: 'Let the proxy allow them, or name the host in NO_PROXY.',
    };
  }
  return undefined;
}

/** The error for a failure that the same request meets again and again; undefined for one that may pass. */
export function barred(asked: Asked, thrown: unknown, isProxyPassed: boolean): BarredError | undefined {
  const { service, action, endpoint, agent } = asked;
  const found = barrier(endpoint, agent, thrown, isProxyPassed);
  return found && new BarredError(service, action, found.reason, found.hint);
}
