import { Agent } from 'node:http';
import type { PlainCall } from '../../../provider/alicloud/credentials/credentials-source.js';
import { fetchPlain } from '../../../provider/alicloud/sending/plain-http.js';

/** Real requests; those to the metadata service of an ECS instance go to this address instead, or fail. */
export function plainCall(metadata = 'http://127.0.0.1:1'): PlainCall {
  const agent = new Agent();
  return (url, how, { signal }) =>
    fetchPlain({
      ...how,
      url: url.origin === 'http://100.100.100.200' ? new URL(url.pathname, metadata) : url,
      agent,
      connectTimeout: how.connectTimeout ?? 2_000,
      readTimeout: 2_000,
      ...(signal && { signal }),
    });
}
