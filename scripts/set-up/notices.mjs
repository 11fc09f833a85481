// The licences of what is bundled ask that their text goes with every copy.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const LICENCE = /^(licen[cs]e|copying|notice)/i;

/** The notices of all packages that these files are of. */
export function noticesOf(files) {
  const folders = files.map((file) => /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(file)?.[0]);
  const packages = [...new Set(folders.filter((folder) => folder !== undefined))].map(noticeOf).sort();
  return `pulumi-resource-alicloud-media.cjs holds parts of these packages.\n\n${packages.join('\n\n')}`;
}

function noticeOf(folder) {
  const { name, version, license, author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const texts = readdirSync(folder)
    .filter((each) => LICENCE.test(each))
    .sort()
    .map((each) => readFileSync(join(folder, each), 'utf8').trim());
  const by = typeof author === 'string' ? author : author?.name;
  const title = [`${name} ${version}`, license, by].filter((part) => part !== undefined).join(', ');
  return [`${'='.repeat(title.length)}\n${title}`, ...texts, ''].join('\n\n');
}
