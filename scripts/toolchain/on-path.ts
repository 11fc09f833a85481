import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { makeOnce } from './cache.js';
import { cli, copyDynamicProvider, findOnPath, languageHost, missingFrom, place } from './files.js';
import { isSupported, isToolchain, oldestVersion, versionOf } from './version.js';
import type { Way } from './way.js';

/** The `pulumi` a user already has. Reasons to skip it are thrown. */
export const onPath: Way = {
  name: 'path',
  title: '`pulumi` on PATH',
  async find({ cache, env, say }) {
    const pulumi = findOnPath(cli, env.PATH);
    if (pulumi === undefined) throw new Error('there is none');
    const version = await versionOf(pulumi);
    if (!isSupported(version)) {
      throw new Error(`${pulumi} is v${version}, and a 3.x from v${oldestVersion} on is needed`);
    }
    say(`toolchain: pulumi v${version} on PATH (${pulumi})`);

    // The official package has everything beside pulumi, also when PATH only holds a link to it.
    const beside = [dirname(pulumi), dirname(await realpath(pulumi))];
    const whole = beside.find((folder) => missingFrom(folder).length === 0);
    if (whole !== undefined) return whole;

    const host = findOnPath(languageHost, [...beside, env.PATH ?? ''].join(delimiter));
    if (host === undefined) throw new Error(`${pulumi} has no ${languageHost} beside it or on PATH`);
    const key = createHash('sha256').update(`${pulumi}\0${host}\0${version}`).digest('hex').slice(0, 12);
    return makeOnce(join(cache, `path-${version}-${key}`), isToolchain, async (folder) => {
      await place(pulumi, folder, cli);
      await place(host, folder, languageHost);
      await copyDynamicProvider(folder);
    });
  },
};
