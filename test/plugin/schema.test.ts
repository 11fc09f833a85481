import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { LIFECYCLES } from '../../provider/hosts/lifecycles.js';
import { typeToken } from '../../provider/lifecycle/description.js';
import { overviewPrograms } from '../../scripts/generate/overview-program.js';
import { PUBLICATION } from '../../scripts/publication.js';
import { findToolchain } from '../../scripts/toolchain.js';
import { ROOT, SCHEMA, Scratch } from './sdk.js';

interface Property {
  readonly secret?: true;
  readonly willReplaceOnChanges?: true;
}

interface Resource {
  readonly inputProperties: Readonly<Record<string, Property>>;
  readonly requiredInputs: readonly string[];
  readonly properties: Readonly<Record<string, Property>>;
  readonly required: readonly string[];
  readonly aliases: readonly { readonly type: string }[];
}

interface Schema {
  readonly config: { readonly variables: Readonly<Record<string, Property>> };
  readonly provider: Resource;
  readonly resources: Readonly<Record<string, Resource>>;
  readonly types: Readonly<Record<string, { readonly properties?: Readonly<Record<string, Property>> }>>;
}

const schema = JSON.parse(readFileSync(SCHEMA, 'utf8')) as Schema;

const namesWith = (mark: keyof Property, properties: Readonly<Record<string, Property>> = {}) =>
  Object.keys(properties).filter((name) => properties[name]?.[mark]);

it('is accepted by `pulumi schema check`, without a warning', async () => {
  const scratch = new Scratch();
  try {
    const pulumi = join(await findToolchain(() => {}), 'pulumi');
    const env = { ...process.env, PULUMI_HOME: scratch.path('home'), PULUMI_SKIP_UPDATE_CHECK: 'true' };
    const check = (file: string) => {
      const { status, stdout, stderr } = spawnSync(pulumi, ['schema', 'check', file], {
        encoding: 'utf8',
        env,
      });
      return { status, text: stdout + stderr };
    };
    expect(check(SCHEMA)).toEqual({ status: 0, text: '' });
    const wrong = JSON.stringify(schema).replace('index:AssumeRole"', 'index:AssumedRole"');
    const refused = check(scratch.write('wrong.json', wrong));
    expect(refused.status).not.toBe(0);
    expect(refused.text).toContain('AssumedRole not found');
  } finally {
    scratch.remove();
  }
});

it.each(['_index.md', 'installation-configuration.md'])(
  "has a head for the registry's page %s that is YAML",
  (name) => {
    const page = readFileSync(join(ROOT, 'docs/registry', name), 'utf8');
    const [, head = ''] = /^---\n([\s\S]*?)\n---\n/.exec(page) ?? [];
    expect(parse(head)).toEqual({
      title: expect.stringContaining(PUBLICATION.displayName),
      meta_desc: expect.stringMatching(/^\S.{20,}\.$/),
      layout: 'package',
    });
  },
);

it("knows what the program of the registry's overview in YAML names", () => {
  const program = parse(overviewPrograms().yaml) as {
    readonly resources: Readonly<Record<string, { readonly type: string; readonly properties: object }>>;
  };
  const made = Object.entries(program.resources);
  expect(made.length).toBeGreaterThan(1);
  for (const [name, { type, properties }] of made) {
    const described = schema.resources[type];
    expect(Object.keys(described?.inputProperties ?? {}), name).toEqual(
      expect.arrayContaining(Object.keys(properties)),
    );
    expect(Object.keys(properties), name).toEqual(
      expect.arrayContaining([...(described?.requiredInputs ?? [''])]),
    );
  }
});

it.each(
  LIFECYCLES.map(({ description }) => [`${description.module}:${description.type}`, description] as const),
)(
  'tells of %s what is needed, what replaces it, and what it was called as a dynamic resource',
  (token, description) => {
    const resource = schema.resources[`alicloud-media:${token}`];
    const args = Object.entries(description.args);
    expect(Object.keys(resource?.inputProperties ?? {})).toEqual(args.map(([name]) => name));
    expect(resource?.requiredInputs).toEqual(args.flatMap(([name, arg]) => (arg.required ? [name] : [])));
    const replacing = args.flatMap(([name, arg]) => (arg.replaces ? [name] : []));
    expect(namesWith('willReplaceOnChanges', resource?.inputProperties)).toEqual(replacing);
    expect(resource?.required).toContain('region');
    expect(resource?.aliases).toEqual([{ type: typeToken(description) }]);
  },
);

it('marks every key that holds a secret, for a provider and for a stack', () => {
  const secret = [
    'accessKey',
    'secretKey',
    'securityToken',
    'credentialsUri',
    // As wholes: the SDKs do not look for a mark inside an object.
    'assumeRole',
    'assumeRoleWithOidc',
  ];
  expect(namesWith('secret', schema.provider.inputProperties)).toEqual(secret);
  expect(namesWith('secret', schema.config.variables)).toEqual(secret);
  const within = Object.entries(schema.types).flatMap(([token, { properties }]) =>
    namesWith('secret', properties).map((name) => `${token}.${name}`),
  );
  expect(within).toEqual([
    'alicloud-media:index:AssumeRole.externalId',
    'alicloud-media:index:AssumeRoleWithOidc.oidcToken',
  ]);
});

it("names keys of the configuration in the plugin's own namespace, since the engine hands it no others", () => {
  const text = readFileSync(SCHEMA, 'utf8');
  expect(text).toContain('else `alicloud-media:region`');
  expect(text.match(/\balicloud:[a-z]\w*/gi) ?? []).toEqual([]);
});
