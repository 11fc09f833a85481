import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes a provider plugin that serves nothing: the same server on the same protos, and the least that answers. */
export function writeEmptyPlugin(folder: string): string {
  const file = join(folder, 'pulumi-resource-empty');
  writeFileSync(file, SOURCE);
  return file;
}

const SOURCE = `#!/usr/bin/env node
const { createRequire } = require('node:module');
const load = createRequire(createRequire(__filename).resolve('@pulumi/pulumi'));
const grpc = load('@grpc/grpc-js');
const { ResourceProviderService } = load('./proto/provider_grpc_pb.js');
const messages = load('./proto/provider_pb.js');
const answer = (make) => (call, done) => done(null, make(call.request));
const echo = answer((request) => {
  const response = new messages.CheckResponse();
  response.setInputs(request.getNews());
  return response;
});
const server = new grpc.Server();
server.addService(ResourceProviderService, {
  handshake: answer(() => new messages.ProviderHandshakeResponse()),
  configure: answer(() => new messages.ConfigureResponse()),
  checkConfig: echo,
  check: echo,
});
server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  process.stdout.write(\`\${port}\\n\`);
});
`;
