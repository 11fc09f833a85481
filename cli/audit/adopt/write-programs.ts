import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { jsonText } from '../../json-text.js';
import { UsageError } from '../../usage-error.js';
import type { NotSeen } from '../report.js';
import type { Adoption } from './adoptees.js';
import { typescriptProgram } from './typescript.js';
import { yamlResources } from './yaml.js';

export type Language = 'typescript' | 'yaml';

/** To be called before anything is asked: nothing of a person is written over. */
export function requireEmpty(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new UsageError(`--adopt-code: ${folder} is there and not empty`);
}

/** Writes a Pulumi project for each account and region, and a file of what was not seen; gives where they are. */
export function writePrograms(
  folder: string,
  adoptions: readonly Adoption[],
  language: Language,
  notSeen: readonly NotSeen[],
): readonly string[] {
  const projects = adoptions.map((adoption) => {
    const name = `${adoption.account}-${adoption.region}`;
    const project = join(folder, name);
    mkdirSync(project, { recursive: true });
    for (const [file, text] of Object.entries(filesOf(name, adoption, language)))
      writeFileSync(join(project, file), text);
    return project;
  });
  if (notSeen.length === 0) return projects;
  // What was seen is written all the same, and nobody takes it for all.
  const file = join(folder, 'not-seen.json');
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, jsonText(notSeen));
  return [...projects, file];
}

function filesOf(name: string, adoption: Adoption, language: Language): Readonly<Record<string, string>> {
  const { account, region } = adoption;
  const isYaml = language === 'yaml';
  const project = stringify({
    name: `media-${name}`,
    description: `Media links of account ${account} in ${region}, taken over by an audit.`,
    runtime: isYaml ? 'yaml' : 'nodejs',
    ...(isYaml && { plugins: { providers: [{ name: 'alicloud-media', path: 'node_modules/.bin' }] } }),
    // With the keys of another account it ends before any request about a link.
    config: {
      'alicloud-media:allowedAccountIds': { value: [account] },
      [isYaml ? 'alicloud-media:region' : 'alicloud:region']: { value: region },
    },
  });
  const packages = { 'pulumi-alicloud-media': '*', ...(!isYaml && { '@pulumi/pulumi': '^3.216.0' }) };
  const manifest = `${JSON.stringify({ name: `media-${name}`, private: true, dependencies: packages }, undefined, 2)}\n`;
  if (isYaml) return { 'Pulumi.yaml': `${project}${yamlResources(adoption)}`, 'package.json': manifest };
  return {
    'Pulumi.yaml': project,
    'package.json': manifest,
    'tsconfig.json': `${JSON.stringify({ compilerOptions: { strict: true, module: 'nodenext', target: 'es2022' } })}\n`,
    'index.ts': typescriptProgram(adoption),
  };
}
