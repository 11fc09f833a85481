import { timingSafeEqual } from 'node:crypto';
import { ApiError, missingParameter } from '../api-error.js';
import type { Credential } from '../credentials.js';
import { ANONYMOUS, type ApiRequest, type Caller } from '../pipeline/api-request.js';
import type { World } from '../world.js';
import { isAcs3, readAcs3 } from './acs3.js';
import { MAX_SKEW } from './nonces.js';
import { readRpcV1 } from './rpc-v1.js';
import type { Signed } from './signed.js';

/** Who signed the request, or an error. Codes: api-facts.md §4. */
export function verify(request: ApiRequest, world: World): Caller {
  // The token is the proof; @alicloud/credentials sends this one call unsigned (api-facts.md §6, row 2).
  if (request.service === 'sts' && request.action === 'AssumeRoleWithOIDC') return ANONYMOUS;
  if (!isAcs3(request) && !request.params.get('AccessKeyId')) throw missingParameter('AccessKeyId');
  const signed = isAcs3(request) ? readAcs3(request) : readRpcV1(request);
  checkTimestamp(signed.timestamp, world.clock.now());
  const credential = world.credentials.find(signed.accessKeyId);
  if (!credential) {
    throw new ApiError(404, 'InvalidAccessKeyId.NotFound', 'Specified access key is not found.');
  }
  checkToken(credential, signed, world.clock.now());
  checkSignature(signed, credential.accessKeySecret);
  // Last: a request that is refused for another reason has not used its nonce.
  if (!world.nonces.use(signed.accessKeyId, signed.nonce)) {
    throw nonceUsed();
  }
  const { accessKeyId, account, role = '', session = '' } = credential;
  return { accessKeyId, account, role, session };
}

export function nonceUsed(): ApiError {
  return new ApiError(400, 'SignatureNonceUsed', 'Specified signature nonce was used already.');
}

export function timestampExpired(): ApiError {
  return new ApiError(400, 'InvalidTimeStamp.Expired', 'Specified time stamp or date value is expired.');
}

/** The exact string is UNKNOWN (api-facts.md §4, InvalidSecurityToken.*); this one is assumed. */
export function tokenExpired(): ApiError {
  return new ApiError(400, 'InvalidSecurityToken.Expired', 'Specified SecurityToken is expired.');
}

function checkTimestamp(timestamp: string, now: number): void {
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(timestamp) ? Date.parse(timestamp) : Number.NaN;
  if (Number.isNaN(at)) {
    throw new ApiError(
      400,
      'InvalidTimeStamp.Format',
      'Specified time stamp or date value is not well formatted.',
    );
  }
  if (Math.abs(now - at) > MAX_SKEW) {
    throw timestampExpired();
  }
}

/** The exact strings are UNKNOWN (api-facts.md §4, InvalidSecurityToken.*); these two are assumed. */
function checkToken(credential: Credential, signed: Signed, now: number): void {
  if (signed.token !== (credential.token ?? '')) {
    throw new ApiError(400, 'InvalidSecurityToken.Malformed', 'Specified SecurityToken is malformed.');
  }
  if (credential.expiresAt !== undefined && now >= credential.expiresAt) {
    throw tokenExpired();
  }
}

function checkSignature(signed: Signed, secret: string): void {
  const expected = Buffer.from(signed.sign(secret));
  const given = Buffer.from(signed.signature);
  if (expected.length > 0 && expected.length === given.length && timingSafeEqual(expected, given)) return;
  // The real service gives its string to sign back in the message. It contains the AccessKeyId and the
  // SecurityToken, so a client has to redact this text before it shows it.
  throw new ApiError(
    400,
    'SignatureDoesNotMatch',
    `Specified signature is not matched with our calculation. server string to sign is:${signed.stringToSign}`,
  );
}
