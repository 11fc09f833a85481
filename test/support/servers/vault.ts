import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** What the CLI asks of the transit engine of HashiCorp Vault. */
type Asked = { readonly plaintext: string } | { readonly ciphertext: string };

const PREFIX = 'vault:v1:';

/** The text that it is asked about is the key of a stack's secrets. */
function answer(asked: Asked): Record<string, string> {
  if ('plaintext' in asked) return { ciphertext: `${PREFIX}${asked.plaintext}` };
  return { plaintext: asked.ciphertext.slice(PREFIX.length) };
}

async function start(): Promise<NodeJS.ProcessEnv> {
  const server = createServer(async (request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ data: answer((await json(request)) as Asked) }));
  });
  server.listen(0, '127.0.0.1').unref();
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { VAULT_SERVER_URL: `http://127.0.0.1:${port}`, VAULT_SERVER_TOKEN: 'none' };
}

let started: Promise<NodeJS.ProcessEnv> | undefined;

/**
 * Where the CLI finds a stand-in for Vault, which keeps the key of a stack's secrets. From a passphrase the CLI derives
 * that key in each command, by a million rounds of a hash; this is for the stacks on which nothing depends on it.
 */
export function vaultEnvironment(): Promise<NodeJS.ProcessEnv> {
  started ??= start();
  return started;
}

export const VAULT = 'hashivault://tests';
