import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { inspect, promisify } from 'node:util';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { redact } from '../../../provider/alicloud/records/redact.js';
import { KEY, SmallServer } from './small-server.js';

const run = promisify(execFile);
const ROOT = resolve(__dirname, '../../..');

let server: SmallServer | undefined;
afterEach(() => server?.close());

const once = encodeURIComponent;
const twice = (text: string) => once(once(text));
/** As the RPC signature encodes. */
const pop = (text: string) =>
  once(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
const lower = (text: string) => once(text).replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase());
const FORMS: [string, (text: string) => string][] = [
  ['plain', (text) => text],
  ['percent-encoded', once],
  ['double-encoded', twice],
  ['encoded as it is signed', pop],
  ['percent-encoded in lower case', lower],
  ['quoted in JSON', (text) => JSON.stringify(text)],
];

/** What an error shows wherever it is printed. */
const shown = (error: Error) =>
  `${error.message}\n${error.stack}\n${inspect(error, { depth: 9 })}\n${JSON.stringify(error)}`;

function expectClean(text: string): void {
  for (const secret of Object.values(KEY))
    for (const [, form] of FORMS) expect(text).not.toContain(form(secret));
}

describe('an error', () => {
  const echo: [string, (params: URLSearchParams) => string][] = FORMS.flatMap(([name, form]) => [
    [`the key ${name}`, () => `The key ${form(KEY.accessKeyId)} is not found.`],
    [`the token ${name}`, () => `${form(KEY.securityToken)}: malformed`],
    [`the secret ${name}`, () => `why (${form(KEY.accessKeySecret)})`],
    [
      `the string to sign ${name}`,
      (params) =>
        `Specified signature is not matched with our calculation. server string to sign is:POST&%2F&${form(params.toString())}`,
    ],
  ]);

  it.each(echo)('is clean where the service echoes %s', async (_, message) => {
    server = await SmallServer.http((response, { params }) => {
      const body = { Code: 'SignatureDoesNotMatch', Message: message(params), RequestId: 'R-1' };
      response.writeHead(400).end(JSON.stringify(body));
    });
    const error = await server.fails();
    expect(error.message).toContain('SignatureDoesNotMatch');
    expect(error.message).toContain('R-1');
    expectClean(shown(error));
    const signature = server.seen[0]?.params.get('Signature') ?? 'none';
    for (const form of [signature, once(signature), twice(signature)])
      expect(shown(error)).not.toContain(form);
  });

  it('is clean where the Code or the RequestId is an echo', async () => {
    server = await SmallServer.http((response) => {
      response
        .writeHead(400, { 'x-acs-request-id': KEY.securityToken })
        .end(JSON.stringify({ Code: KEY.accessKeySecret, RequestId: KEY.accessKeyId }));
    });
    expectClean(shown(await server.fails()));
  });

  it('is clean where a proxy echoes the whole request', async () => {
    server = await SmallServer.http((response, { params }) => {
      response.writeHead(502, { 'x-acs-request-id': KEY.accessKeyId }).end(`<pre>${params}</pre>`);
    });
    expectClean(shown(await server.fails()));
  });

  it('is clean where no answer comes', async () => {
    server = await SmallServer.tcp((socket) => socket.on('data', () => socket.resetAndDestroy()));
    expectClean(shown(await server.fails()));
    await server.close();
    expectClean(shown(await server.fails()));
  });
});

describe('redaction', () => {
  it('takes the values that are known, in any encoding, wherever they stand', () => {
    const secret = fc.string({ minLength: 6, unit: fc.constantFrom(...'abcXYZ019+/=*.-_~ !') });
    fc.assert(
      fc.property(secret, fc.constantFrom(...FORMS.slice(0, 4)), fc.string(), (value, [, form], text) => {
        const given = `${text}${form(value)}${text}`;
        const credentials = { accessKeyId: 'not-this-one', accessKeySecret: value };
        expect(redact(given, credentials).replaceAll(text, '')).not.toContain(form(value));
      }),
    );
  });

  it.each([
    ['AccessKeyId=abcdefgh&Action=x', 'AccessKeyId=[redacted]&Action=x'],
    ['a Signature%3Dabc%252Bdef%26Version', 'a Signature%3D[redacted]%26Version'],
    ['"SecurityToken": "abc"', '"SecurityToken": "[redacted]"'],
    ['OIDCToken=ey.a.b', 'OIDCToken=[redacted]'],
  ])('takes the value of a secret parameter, known or not: %s', (given, clean) => {
    expect(redact(given)).toBe(clean);
  });

  it('leaves what a person needs', () => {
    const text =
      'The specified resource Binding is not found. RequestId 5F0A, oss://my-bucket, SignatureDoesNotMatch';
    expect(redact(text, KEY)).toBe(text);
  });
});

describe('DEBUG', () => {
  // The built package, in a process of its own: `debug` reads the variable when it is loaded.
  const PROGRAM = `
    const { createServer } = require('node:http');
    if (process.argv[2] === 'loaded-before') {
      const httpx = require.resolve('httpx', { paths: [require.resolve('@alicloud/pop-core', { paths: [process.argv[3]] })] });
      require(require.resolve('debug', { paths: [httpx] }));
    }
    const { send } = require(process.argv[3]);
    const key = ${JSON.stringify(KEY)};
    const server = createServer((_, response) => {
      response.setHeader('x-echo', key.securityToken);
      response.end(JSON.stringify({ RequestId: 'R', Echo: key.securityToken }));
    }).listen(0, '127.0.0.1', async () => {
      await send({ service: 'imm', endpoint: 'http://127.0.0.1:' + server.address().port, action: 'GetBinding',
        params: {}, credentials: key, connectTimeout: 2000, readTimeout: 2000 });
      console.log('answered');
      process.exit();
    });`;

  it.each([
    ['*', 'first'],
    ['*', 'loaded-before'],
    ['httpx:*', 'first'],
    ['httpx:body,httpx:header', 'first'],
    ['httpx*', 'loaded-before'],
  ])('%s prints no secret, the library %s', { timeout: 30_000 }, async (value, when) => {
    const folder = mkdtempSync(join(tmpdir(), 'wire-'));
    const program = join(folder, 'program.cjs');
    writeFileSync(program, PROGRAM);
    const { stdout, stderr } = await run(
      process.execPath,
      [program, when, join(ROOT, 'dist/provider/alicloud/sending/pop.js')],
      {
        env: { ...process.env, DEBUG: value },
      },
    );
    expect(stdout).toBe('answered\n');
    expectClean(stdout + stderr);
    expect(stdout + stderr).not.toContain('Signature');
  });
});
