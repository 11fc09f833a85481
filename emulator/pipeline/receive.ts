import type { IncomingMessage } from 'node:http';
import type { Received } from './api-request.js';

const MAX_BODY = 1024 * 1024;

/** Reads a request to its end. Parameters may stand in the query or in a form body (api-facts.md §2, Common). */
export async function receive(message: IncomingMessage, connection: number): Promise<Received> {
  const url = message.url ?? '/';
  const cut = url.indexOf('?');
  const path = cut < 0 ? url : url.slice(0, cut);
  const query = [...new URLSearchParams(cut < 0 ? '' : url.slice(cut + 1))];
  const body = await readBody(message);
  const isForm = (message.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
  const form = isForm ? [...new URLSearchParams(body.toString('utf8'))] : [];
  return {
    method: message.method ?? 'GET',
    path,
    host: message.headers.host ?? '',
    headers: message.headers,
    query,
    body,
    params: new Map([...query, ...form]),
    connection,
  };
}

export async function readBody(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    size += chunk.length;
    if (size > MAX_BODY) throw new Error('the request body is larger than 1 MB');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
