import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { changelogProblems } from './changelog.js';

/** By its file, where a version stands that is published. */
function versionsIn(root: string): Readonly<Record<string, string>> {
  const read = (file: string) => JSON.parse(readFileSync(join(root, file), 'utf8'));
  const node = read('sdk/nodejs/package.json') as { version: string; pulumi: { version: string } };
  return {
    'package.json': read('package.json').version,
    'package-lock.json': read('package-lock.json').version,
    'provider/schema.json': read('provider/schema.json').version,
    'sdk/nodejs/package.json': node.version,
    'sdk/nodejs/package.json, pulumi': node.pulumi.version,
    'sdk/go/alicloudmedia/pulumi-plugin.json': read('sdk/go/alicloudmedia/pulumi-plugin.json').version,
  };
}

/** What keeps a tag from being released: one line each. */
export function problemsOfTag(root: string, tag: string): readonly string[] {
  const [, version] = /^v(\d+\.\d+\.\d+)$/.exec(tag) ?? [];
  if (version === undefined) return [`"${tag}" is no tag of a release, such as v1.2.3`];
  const others = Object.entries(versionsIn(root)).filter(([, each]) => each !== version);
  return [
    ...others.map(([file, each]) => `${file} has ${each}, not ${version}`),
    ...changelogProblems(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'), version),
  ];
}
