import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { copyFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findRoot } from '../root.js';
import { makeOnce } from '../toolchain/cache.js';

/** A browser, and what its process needs besides. */
export interface Chromium {
  readonly path: string;
  readonly env: Readonly<Record<string, string>>;
}

const run = promisify(execFile);
const MANIFESTS = ['package.json', 'package-lock.json'] as const;

/** Unpacks the browser, with the libraries that it lacks on a bare machine, into the folder for temporary files. */
const UNPACK = `require('@sparticuz/chromium').executablePath().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});`;
/** Of the machine the package is made for; without it those libraries stay packed. */
const FOR_LIBRARIES = { AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' };

const FONTS_FILE = 'fonts.conf';
/** A page crashes where there is no font at all, as on a bare machine. Those of the machine come first. */
const FONTS = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir prefix="relative">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;

/** The browser of an npm package, which no other part of the project needs: it is installed when it is first asked for. */
export async function bundledChromium(given: NodeJS.ProcessEnv): Promise<Chromium> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      'none on PATH, none named by PULUMI_ALICLOUD_MEDIA_CHROMIUM, and the one that npm has is for Linux on x64',
    );
  }
  const source = join(findRoot(), 'scripts', 'chromium');
  const key = createHash('sha256')
    .update(readFileSync(join(source, MANIFESTS[1])))
    .update(FONTS)
    .digest('hex');
  const folder = await makeOnce(
    join(findRoot(), '.test', 'chromium', key.slice(0, 12)),
    async (made) => existsSync(join(made, 'chromium')),
    async (made) => {
      for (const name of MANIFESTS) await copyFile(join(source, name), join(made, name));
      const options = { cwd: made, env: { ...given, TMPDIR: made } };
      await run('npm', ['ci', '--ignore-scripts', '--loglevel=error'], options);
      await run(process.execPath, ['-e', UNPACK], { ...options, env: { ...options.env, ...FOR_LIBRARIES } });
      await writeFile(join(made, FONTS_FILE), FONTS);
      await rm(join(made, 'node_modules'), { recursive: true });
    },
  );
  const env = { LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'), FONTCONFIG_FILE: join(folder, FONTS_FILE) };
  return { path: join(folder, 'chromium'), env };
}
