import { ApiError } from '../api-error.js';
import type { ApiRequest } from '../pipeline/api-request.js';
import { canonicalQuery, hmacSha1, percentEncode } from './encode.js';
import { required, type Signed } from './signed.js';

/** RPC signature version 1, as pop-core makes it: api-facts.md §5, Signature. */
export function readRpcV1(request: ApiRequest): Signed {
  const { params } = request;
  const method = required(params, 'SignatureMethod');
  const version = required(params, 'SignatureVersion');
  if (method !== 'HMAC-SHA1' || version !== '1.0') {
    // Only this one method is emulated. Code by the pattern Invalid{ParameterName} of api-facts.md §2.5.
    throw new ApiError(400, 'InvalidSignatureMethod', `Signature ${method} ${version} is not supported.`);
  }
  const signature = required(params, 'Signature');
  const signedParams = [...params].filter(([name]) => name !== 'Signature');
  const stringToSign = `${request.method}&${percentEncode('/')}&${percentEncode(canonicalQuery(signedParams))}`;
  return {
    accessKeyId: required(params, 'AccessKeyId'),
    timestamp: required(params, 'Timestamp'),
    nonce: required(params, 'SignatureNonce'),
    token: params.get('SecurityToken') ?? '',
    signature,
    stringToSign,
    sign: (secret) => hmacSha1(`${secret}&`, stringToSign),
  };
}
