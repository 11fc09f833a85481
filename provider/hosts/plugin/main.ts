import { version } from '../../alicloud/sending/package-version.js';
import type * as Serve from './serve.js';

/** The engine hands each plugin its own flags of logging and tracing. This one takes a value of its own. */
const TRACING = /^--?tracing$/;

function main(given: readonly string[]): void {
  // A person who looks what is installed; the engine asks by gRPC.
  if (given.some((argument) => /^--?version$/.test(argument))) {
    process.stdout.write(`${version()}\n`);
    return;
  }
  const [engine] = given.filter(
    (argument, index) => !argument.startsWith('-') && !TRACING.test(given[index - 1] ?? ''),
  );
  // Loaded only now: what answers in one line needs none of it.
  const { serve } = require('./serve.js') as typeof Serve;
  serve(engine);
}

main(process.argv.slice(2));
