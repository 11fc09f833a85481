// Runs the program of the folder it is started in whenever an engine asks for it, as Pulumi's Automation API does.
const { join, sep } = require('node:path');
const { Server, ServerCredentials } = require('@grpc/grpc-js');
const { LanguageServer } = require('@pulumi/pulumi/automation/server');
const { LanguageRuntimeService } = require('@pulumi/pulumi/proto/language_grpc_pb');

const LIBRARIES = `${sep}node_modules${sep}`;

/** Nothing but the libraries is left of the run before: the program and the package that it uses are loaded anew. */
async function program() {
  for (const file of Object.keys(require.cache)) if (!file.includes(LIBRARIES)) delete require.cache[file];
  return require(join(process.cwd(), 'index.js'));
}

const server = new Server();
server.addService(LanguageRuntimeService, new LanguageServer(program));
server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  process.stdout.write(`${port}\n`);
});

// It ends with whoever started it.
process.stdin.on('end', () => process.exit()).resume();
