import { ApiError, missingParameter } from '../api-error.js';
import type { ApiRequest } from '../pipeline/api-request.js';
import { canonicalQuery, hmacSha256, sha256 } from './encode.js';
import type { Signed } from './signed.js';

const ALGORITHM = 'ACS3-HMAC-SHA256';

export function isAcs3(request: ApiRequest): boolean {
  return (request.headers.authorization ?? '').startsWith('ACS3-');
}

/** The signature of today's SDKs, in the Authorization header: api-facts.md §5.1, Signature. */
export function readAcs3(request: ApiRequest): Signed {
  const authorization = request.headers.authorization ?? '';
  const parts = /^(\S+) Credential=([^,]*), ?SignedHeaders=([^,]*), ?Signature=([0-9a-f]*)$/.exec(
    authorization,
  );
  const [, algorithm, accessKeyId = '', names = '', signature = ''] = parts ?? [];
  if (algorithm !== ALGORITHM) {
    throw new ApiError(400, 'InvalidSignatureMethod', `Only ${ALGORITHM} is supported.`);
  }
  const signedHeaders = names.split(';');
  checkSignedHeaders(request, signedHeaders);
  const bodyHash = header(request, 'x-acs-content-sha256');
  const canonicalRequest = [
    request.method,
    request.path,
    canonicalQuery(request.query),
    ...signedHeaders.map((name) => `${name}:${header(request, name).trim()}`),
    '',
    names,
    bodyHash,
  ].join('\n');
  const stringToSign = `${ALGORITHM}\n${sha256(canonicalRequest)}`;
  return {
    accessKeyId,
    timestamp: needed(request, 'x-acs-date'),
    nonce: needed(request, 'x-acs-signature-nonce'),
    token: header(request, 'x-acs-security-token'),
    signature,
    stringToSign,
    // The signature covers the hash, so the hash must be the one of the body that came.
    sign: (secret) => (bodyHash === sha256(request.body) ? hmacSha256(secret, stringToSign) : ''),
  };
}

/** Host and every x-acs- header must be signed, else they could be changed on the way. */
function checkSignedHeaders(request: ApiRequest, signed: readonly string[]): void {
  const mustBeSigned = Object.keys(request.headers).filter((name) => name.startsWith('x-acs-'));
  const unsigned = ['host', ...mustBeSigned].find((name) => !signed.includes(name));
  if (unsigned !== undefined) {
    throw new ApiError(
      400,
      'SignatureDoesNotMatch',
      `The header ${unsigned} is not among the signed headers.`,
    );
  }
}

function header(request: ApiRequest, name: string): string {
  const value = request.headers[name];
  return (Array.isArray(value) ? value.join(',') : value) ?? '';
}

function needed(request: ApiRequest, name: string): string {
  const value = header(request, name);
  if (value === '') throw missingParameter(name);
  return value;
}
