import { statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Clone } from './clone.js';

/** A part of an optional package that only this kind of machine can take. */
const HERE = { version: '1.0.0', optional: true, os: [process.platform], cpu: [process.arch] };
const SAY = '../../../scripts/set-up/say.mjs';
let clone: Clone;

beforeEach(() => {
  clone = new Clone();
});
afterEach(() => clone.remove());

describe('set-up', { timeout: 60_000 }, () => {
  it('installs and builds a fresh clone, with all talk on stderr, and has nothing to do in the next run', async () => {
    const fresh = await clone.run('demo');
    expect(fresh, fresh.stderr).toMatchObject({ code: 0, stdout: 'fresh\n' });
    expect(fresh.stderr).toMatch(
      /npm ci[\s\S]*done after [\d.]+ s[\s\S]*tsc --build[\s\S]*done after [\d.]+ s/,
    );
    expect(clone.has('sdk/nodejs/bin/index.js')).toBe(true);

    // As without a registry, where `npm ci` takes node_modules away and fails.
    const again = await clone.run('demo', { NPM: 'fails' });
    expect(again, again.stderr).toMatchObject({ code: 0, stdout: 'fresh\n' });
    expect(clone.installs()).toBe(1);
  });

  it('says every so often that a command is still at work', async () => {
    const { run } = (await import(SAY)) as {
      run(title: string, command: string, args: string[], options: { every: number }): Promise<boolean>;
    };
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const started = Date.now();
    const done = await run('wait', process.execPath, ['-e', 'setTimeout(() => {}, 300)'], { every: 50 });
    const took = Date.now() - started;
    const lines = said.mock.calls.map(([text]) => String(text));
    said.mockRestore();
    expect(done).toBe(true);
    expect(lines.at(0)).toBe('set-up: wait\n');
    expect(lines.at(-1)).toMatch(/^set-up: done after [\d.]+ s\n$/);
    const alive = lines.filter((line) => /^set-up: still at it after [\d.]+ s\n$/.test(line));
    expect(alive.length).toBeGreaterThan(0);
    expect(alive.length).toBeLessThanOrEqual(took / 50);
  });

  it('installs where node_modules do not match the lock file', async () => {
    await clone.install();
    clone.lock({ 'node_modules/more': { version: '1.0.0' } });
    await clone.install();
    clone.lock({ 'node_modules/more': { version: '2.0.0' } });
    await clone.install();
    clone.remove('node_modules/more');
    await clone.install();
    expect(clone.installs()).toBe(4);
    expect(clone.has('node_modules/more')).toBe(true);
  });

  it('misses an optional part for this machine, and none for another', async () => {
    await clone.install();
    const others = [
      { os: ['other'] },
      { cpu: ['other'] },
      { libc: ['other'] },
      { os: undefined, cpu: undefined },
    ];
    clone.lock(
      Object.fromEntries(others.map((other, index) => [`node_modules/${index}`, { ...HERE, ...other }])),
    );
    await clone.install();
    expect(clone.installs()).toBe(1);

    clone.lock({ 'node_modules/part': HERE });
    await clone.install({ NOT: 'node_modules/part' });
    expect(clone.installs()).toBe(2);
    // What npm leaves out once it leaves out again.
    await clone.install();
    expect(clone.installs()).toBe(2);
  });

  it('keeps what is built in step with a source that changes, goes, or is saved while tsc runs', async () => {
    clone.write('scripts/gone.ts', 'export const gone = true;\n');
    clone.write('sdk/nodejs/gone.ts', 'export const gone = true;\n');
    await clone.run('demo');
    const outputs = ['dist/scripts/gone.js', 'dist/scripts/gone.d.ts', 'sdk/nodejs/bin/gone.js'];
    expect(outputs.filter((name) => !clone.has(name))).toEqual([]);

    clone.remove('scripts/gone.ts', 'sdk/nodejs/gone.ts');
    clone.says('changed');
    expect((await clone.run('demo')).stdout).toBe('changed\n');
    expect(outputs.filter((name) => clone.has(name))).toEqual([]);

    clone.says('saved');
    const { mtime } = statSync(join(clone.folder, 'dist/scripts/demo.js'));
    for (const task of ['demo', 'test']) utimesSync(join(clone.folder, `scripts/${task}.ts`), mtime, mtime);
    expect((await clone.run('demo')).stdout).toBe('saved\n');
  });

  it('has the files of the console in what is built as they are, and none that is gone', async () => {
    const page = 'emulator/console/browser/page.html';
    const gone = 'emulator/console/browser/gone.mjs';
    clone.write(page, '<!doctype html>');
    clone.write(gone, '');
    await clone.run('demo');
    expect([clone.has(`dist/${page}`), clone.has(`dist/${gone}`)]).toEqual([true, true]);
    clone.remove(gone);
    await clone.run('demo');
    expect([clone.has(`dist/${page}`), clone.has(`dist/${gone}`)]).toEqual([true, false]);
  });

  it('bundles the plugin anew where something in it changed or it is gone, and else leaves it', async () => {
    const part = 'provider/hosts/plugin/part.ts';
    const bundled = 'plugin/pulumi-resource-alicloud-media.cjs';
    clone.write('plugin/start.cjs', '');
    clone.write('provider/schema.json', '{}');
    clone.write('provider/hosts/plugin/main.ts', "export * from './part.js';\n");
    clone.write(part, "export const said = 'first';\n");
    const again = async () => /bundled the provider plugin/.test((await clone.run('demo')).stderr);
    expect(await again()).toBe(true);
    expect(clone.read(bundled)).toContain('first');
    expect(await again()).toBe(false);

    clone.write(part, "export const said = 'second';\n");
    expect(await again()).toBe(true);
    expect(clone.read(bundled)).toContain('second');
    clone.remove(bundled);
    expect(await again()).toBe(true);
    clone.write(part, "import 'nowhere';\n");
    const failed = await clone.run('build');
    expect(failed.code).toBe(1);
    expect(failed.stderr).toContain('the provider plugin could not be bundled');
  });

  it('lets runs in one clone take turns', async () => {
    // The flag of a run that was killed: no process has this number.
    clone.write('dist/.set-up/4194305', '');
    const ran = await Promise.all(['demo', 'test', 'demo'].map((task) => clone.run(task)));
    for (const { code, stdout, stderr } of ran)
      expect({ code, stdout }, stderr).toEqual({ code: 0, stdout: 'fresh\n' });
    expect(clone.installs()).toBe(1);
    expect(clone.has('dist/.set-up/4194305')).toBe(false);
  });

  it('ends a test run with its count also where nothing could be installed or built', async () => {
    const failed = await clone.run('test', { NPM: 'fails' });
    expect(failed).toMatchObject({ code: 1, stdout: '0 passed, 1 failed\n' });
    expect(failed.stderr).toContain('error: npm ci failed, see above; the npm registry must be reachable.');
    expect((await clone.run('demo', { NPM: 'fails' })).stdout).toBe('');

    clone.write('scripts/wrong.ts', 'export const wrong: string = 1;\n');
    // A test run goes on, to report every failure.
    expect(await clone.run('test')).toMatchObject({ code: 0, stdout: 'fresh\n' });
    const refused = await clone.run('demo');
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain('error: the sources do not compile (see above).');
  });
});
