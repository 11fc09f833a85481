import { KEYS } from '../../provider/alicloud/configuration/keys.js';
import { inNamespace } from '../../provider/hosts/plugin/namespace.js';
import {
  type ArgDescription,
  type FunctionDescription,
  functionToken,
  type OutputDescription,
  type ResourceDescription,
  typeToken,
} from '../../provider/lifecycle/description.js';
import { PUBLICATION } from '../publication.js';
import type { Everything } from './found.js';
import { examplesOfFunction, examplesOfResource } from './schema-examples.js';
import { configuration, objectTypes } from './schema-provider.js';
import { schemaType } from './types.js';
import { pascal } from './words.js';

const PACKAGE = 'alicloud-media';
/** What the tests compile with; the first is older in what the generator says of itself than what it writes needs. */
const JAVA = {
  'com.pulumi:pulumi': '1.17.0',
  'com.google.code.gson:gson': '2.10',
  'com.google.code.findbugs:jsr305': '3.0.2',
};
const PLUGIN_NOTE = `The resources are made by the provider plugin \`pulumi-resource-alicloud-media\`, which needs Node.js 20.19 or newer where Pulumi runs. [How Pulumi gets it](${PUBLICATION.repository}/blob/main/docs/guides/plugin.md).`;

export interface Manifest {
  readonly version: string;
  readonly description: string;
  readonly keywords: readonly string[];
  readonly license: string;
  readonly devDependencies: { readonly typescript: string };
  readonly peerDependencies: Readonly<Record<string, string>>;
}

/** The Pulumi package schema: what the plugin answers to GetSchema, and what the SDKs are made from. */
export function schemaOf(manifest: Manifest, everything: Everything): object {
  // The descriptions name keys as the dynamic host reads them.
  return JSON.parse(inNamespace(JSON.stringify(described(manifest, everything)))) as object;
}

function described(manifest: Manifest, { resources, functions: found }: Everything): object {
  const { version, description, keywords, license, devDependencies, peerDependencies } = manifest;
  const { publisher, displayName, repository, logo, pluginDownloadURL, npm, python, go, dotnet, java } =
    PUBLICATION;
  const readme = `${description}\n\n${PLUGIN_NOTE}\n`;
  const descriptions = resources.map((resource) => resource.description);
  const functions = found.map((each) => each.description);
  return {
    name: PACKAGE,
    displayName,
    publisher,
    version,
    description,
    keywords: [
      ...keywords.filter((keyword) => keyword !== 'dynamic-provider'),
      'category/cloud',
      'kind/native',
    ],
    homepage: repository,
    repository,
    license,
    logoUrl: logo,
    pluginDownloadURL,
    language: {
      nodejs: {
        packageName: npm,
        packageDescription: description,
        readme,
        // That of the program, and no newer one beside it: of today's the newest need a newer Node.js.
        peerDependencies,
        // TypeScript 7 has no API for ts-node, which runs programs.
        typescriptVersion: devDependencies.typescript,
        // The compiled code asks the file beside it for the version.
        extraTypeScriptFiles: ['package.json'],
        respectSchemaVersion: true,
      },
      python: {
        packageName: python,
        readme,
        respectSchemaVersion: true,
        pyproject: { enabled: true },
      },
      go: {
        importBasePath: `${go.module}/${go.package}`,
        modulePath: go.module,
        respectSchemaVersion: true,
      },
      csharp: { rootNamespace: dotnet, respectSchemaVersion: true },
      java: { basePackage: java.group, buildFiles: 'gradle', dependencies: JAVA },
    },
    config: { variables: configuration(KEYS) },
    types: {
      ...objectTypes(KEYS),
      ...Object.assign({}, ...descriptions.map(enumsOf), ...functions.map(rowsOf)),
    },
    provider: {
      description:
        'Credentials and settings. What is not given here comes from the configuration of the stack, then from the environment.',
      inputProperties: configuration(KEYS),
    },
    resources: Object.fromEntries(
      descriptions.map((each) => [tokenOf(each.module, each.type), resource(each)]),
    ),
    functions: Object.fromEntries(
      functions.map((each) => [functionToken(each), functionOf(each, descriptions)]),
    ),
  };
}

function tokenOf(module: string, name: string): string {
  return `${PACKAGE}:${module}:${name}`;
}

function resource(description: ResourceDescription): object {
  const { summary, idFormat, idExample, args, outputs, module, type } = description;
  const inputs = mapped(args, propertyOfArg);
  return {
    description: [
      summary,
      examplesOfResource(description),
      '## Import',
      `It is imported by its id, \`${idFormat}\`:`,
      `\`\`\`sh\n$ pulumi import ${tokenOf(module, type)} main ${idExample}\n\`\`\``,
    ].join('\n\n'),
    properties: {
      ...inputs,
      ...mapped(outputs, (output, name) => propertyOfOutput(output, enumToken(module, type, name))),
    },
    // The check fills in the region.
    required: [
      ...namesOf(args, (arg, name) => arg.required === true || name === 'region'),
      ...namesOf(outputs, (output) => output.optional !== true),
    ],
    inputProperties: inputs,
    requiredInputs: namesOf(args, (arg) => arg.required === true),
    // A stack of dynamic resources moves over in place.
    aliases: [{ type: typeToken(description) }],
  };
}

function functionOf(description: FunctionDescription, resources: readonly ResourceDescription[]): object {
  const { summary, args, outputs, module } = description;
  const types = resources.filter((each) => each.module === module).map(({ type }) => type);
  return {
    description: `${summary}\n\n${examplesOfFunction(description, types)}`,
    inputs: {
      type: 'object',
      properties: mapped(args, ({ type, ...arg }) => ({
        ...schemaType({ type }),
        description: sentences(arg).join(' '),
      })),
      required: namesOf(args, (arg) => arg.required === true),
    },
    outputs: {
      type: 'object',
      properties: mapped(outputs, (output) => functionOutput(output, rowToken(description))),
      required: namesOf(outputs, (output) => output.optional !== true),
    },
  };
}

function propertyOfArg({ type, replaces, ...arg }: ArgDescription): object {
  const text = sentences(arg);
  if (replaces) text.push('A change replaces the resource, the old one deleted first.');
  if (arg.updates) text.push('A change is sent, and the resource stays.');
  return {
    ...schemaType({ type }),
    description: text.join('\n'),
    ...(replaces && { willReplaceOnChanges: true }),
  };
}

function sentences(arg: Pick<ArgDescription, 'description' | 'rule' | 'default'>): string[] {
  return [
    arg.description,
    ...(arg.rule ? [`Shape: ${arg.rule}.`] : []),
    ...(arg.default ? [`Default: ${arg.default}.`] : []),
  ];
}

function propertyOfOutput({ type, values, description }: OutputDescription, token: string): object {
  if (type === 'rows') throw new Error('only a function has rows');
  return { ...(values ? { $ref: `#/types/${token}` } : schemaType({ type })), description };
}

function functionOutput({ type, description: text }: OutputDescription, row: string): object {
  const own = type === 'rows' ? { type: 'array', items: { $ref: `#/types/${row}` } } : schemaType({ type });
  return { ...own, description: text };
}

/** Rows are objects, which have a type of their own. */
function rowsOf(description: FunctionDescription): object {
  return Object.fromEntries(
    Object.values(description.outputs).flatMap(({ type, fields = {} }) =>
      type === 'rows'
        ? [
            [
              rowToken(description),
              {
                type: 'object',
                properties: mapped(fields, (field) => functionOutput(field, '')),
                required: namesOf(fields, (field) => field.optional !== true),
              },
            ],
          ]
        : [],
    ),
  );
}

function rowToken({ module, name }: FunctionDescription): string {
  return tokenOf(module, `${pascal(name)}Row`);
}

function enumsOf({ module, type, outputs }: ResourceDescription): object {
  return Object.fromEntries(
    Object.entries(outputs).flatMap(([name, { values, description }]) =>
      values === undefined
        ? []
        : [
            [
              enumToken(module, type, name),
              { type: 'string', description, enum: values.map((value) => ({ value })) },
            ],
          ],
    ),
  );
}

function enumToken(module: string, type: string, name: string): string {
  return tokenOf(module, `${type}${pascal(name)}`);
}

function mapped<V>(values: Readonly<Record<string, V>>, make: (value: V, name: string) => object): object {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, make(value, name)]));
}

function namesOf<V>(
  values: Readonly<Record<string, V>>,
  chosen: (value: V, name: string) => boolean,
): string[] {
  return Object.keys(values).filter((name) => chosen(values[name] as V, name));
}
