import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { overviewPrograms } from '../../scripts/generate/overview-program.js';
import { PUBLICATION } from '../../scripts/publication.js';
import { pythonWith } from '../support/cli/python.js';
import { IS_WIDE } from '../support/extent.js';
import { examplesIn, ROOT, SCHEMA, Scratch, sdkGenerator } from './sdk.js';

// What is fetched or compiled for the first time takes minutes of two busy processors.
vi.setConfig({ testTimeout: 600_000 });

const VERSION = (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }).version;
let scratch: Scratch;

beforeEach(() => {
  scratch = new Scratch();
});
afterEach(() => scratch.remove());

it.runIf(IS_WIDE)(
  'the SDK for Python is a wheel and an archive of sources that install into an empty environment, and types the examples',
  async (context) => {
    const found = await sdkGenerator();
    if ('missing' in found) return context.skip(found.missing);
    const tools = await pythonWith({
      folder: 'python-sdk',
      packages: ['pulumi>=3.231,<4', 'parver', 'build', 'setuptools', 'wheel', 'mypy', 'types-setuptools'],
      modules: ['pulumi', 'parver', 'build', 'setuptools', 'wheel', 'mypy'],
    });
    if ('missing' in tools) return context.skip(`no Python with build and mypy: ${tools.missing}`);
    const { python } = tools;
    await scratch.run(found.generator, [SCHEMA, scratch.folder, 'python']);
    await scratch.run(python, ['-m', 'build', '--no-isolation', '--outdir', 'made', 'python']);
    const name = `${PUBLICATION.python}-${VERSION}`;
    expect(readdirSync(scratch.path('made')).sort()).toEqual([`${name}-py3-none-any.whl`, `${name}.tar.gz`]);

    const programs = [...examplesIn('python'), overviewPrograms().python];
    const files = programs.map((text, index) => scratch.write(`programs/example${index}.py`, text));
    for (const archive of [`${name}-py3-none-any.whl`, `${name}.tar.gz`]) {
      const { own, site } = await emptyEnvironment(python, archive);
      // What it depends on is taken from the tools, by a line that Python reads at its start.
      const install = [
        'install',
        '--quiet',
        '--no-deps',
        '--no-build-isolation',
        scratch.path('made', archive),
      ];
      await scratch.run(python, ['-m', 'pip', '--python', own, ...install]);
      expect(await scratch.run(own, ['-c', ASKED], { PYTHONPATH: '' })).toBe(
        `${join(site, PUBLICATION.python)} ${VERSION} True ${PUBLICATION.pluginDownloadURL}\n`,
      );
      // Without py.typed the package would be unknown to it.
      const strict = ['--strict', '--no-incremental', '--python-executable', own];
      if (archive.endsWith('.whl')) {
        await scratch.run(python, [
          '-m',
          'mypy',
          ...strict,
          '--follow-imports=silent',
          '--scripts-are-modules',
          ...files,
        ]);
        const wrong = scratch.write('wrong.py', WRONG);
        await expect(scratch.run(python, ['-m', 'mypy', ...strict, wrong])).rejects.toThrow('bucket');
      }
    }
  },
);

async function emptyEnvironment(python: string, archive: string): Promise<{ own: string; site: string }> {
  const folder = scratch.path(`environment-${archive}`);
  await scratch.run(python, ['-m', 'venv', '--without-pip', folder]);
  const own = join(folder, 'bin/python');
  const site = (await scratch.run(own, ['-c', SITE])).trim();
  const others = (await scratch.run(python, ['-c', SITE])).trim();
  scratch.write(`environment-${archive}${site.slice(folder.length)}/tools.pth`, `${others}\n`);
  return { own, site };
}

const SITE = "import sysconfig; print(sysconfig.get_path('purelib'))";

const ASKED = `
import importlib.metadata, json, os
import ${PUBLICATION.python} as media
folder = os.path.dirname(media.__file__)
plugin = json.load(open(os.path.join(folder, "pulumi-plugin.json")))
assert plugin["version"] == importlib.metadata.version("${PUBLICATION.python}")
print(folder, plugin["version"], os.path.exists(os.path.join(folder, "py.typed")), plugin["server"])
`;

const WRONG = `import ${PUBLICATION.python} as media\n\nmedia.mps.OutputBucket("renditions", bucket=3)\n`;
