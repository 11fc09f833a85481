import * as pulumi from '@pulumi/pulumi';
import { GET_MARKER, NAME } from '../lifecycle/marker.js';
import { refuseUnknownKeys } from './known-keys.js';
import { warnOfPlainKeys } from './plain-keys.js';
import { packageOf } from './provider.js';
import { resolutionProblem } from './resolution.js';

/** What differs from one class of links to another. */
export interface LinkClass {
  /** `imm.DatasetBinding`, as messages call it. */
  readonly title: string;
  readonly type: string;
  /** Its type where the provider plugin serves it. */
  readonly pluginType: string;
  /** The text that Pulumi's dynamic-provider process runs. */
  readonly provider: string;
  /** The module that this text asks for. */
  readonly entry: string;
  /** Arguments and outputs. */
  readonly properties: readonly string[];
  readonly idFormat: string;
  readonly idExample: string;
  /** The arguments that take a resource, and the names that each stands for. */
  readonly parents: Readonly<Record<string, readonly string[]>>;
}

/**
 * The properties that a link is registered with. Outputs stand in it as undefined, or they would not exist on the
 * resource and not be unknown in a preview.
 */
export function linkProperties(
  link: LinkClass,
  name: string,
  args: object,
  options: pulumi.CustomResourceOptions = {},
): pulumi.Inputs {
  const wrong =
    importProblem(options) ??
    idProblem(link, options) ??
    providerProblem(options, link.type) ??
    resolutionProblem(link.entry);
  if (wrong !== undefined) throw new pulumi.RunError(`${link.title} '${name}': ${wrong}`);
  refuseUnknownKeys();
  warnOfPlainKeys();
  return {
    ...Object.fromEntries(link.properties.map((property) => [property, undefined])),
    ...args,
    ...namesOfParents(link, args),
    // The engine does not hand them to a dynamic provider. What a transformation sets in the options comes too late.
    ...(options.customTimeouts && { customTimeouts: options.customTimeouts }),
    // Nor the name, by which an error can say what else has the link.
    ...(options.id === undefined ? { [NAME]: name } : { [GET_MARKER]: true }),
    __provider: link.provider,
  };
}

/** What a resource that stands for names is to the check: its names, by which the engine sees what comes first. */
function namesOfParents({ parents }: LinkClass, args: object): pulumi.Inputs {
  return Object.fromEntries(
    Object.entries(parents).flatMap(([name, fills]) => {
      const parent = (args as Readonly<Record<string, object | undefined>>)[name];
      if (parent === undefined) return [];
      const names = [...fills, 'region'].map((fill) => [fill, (parent as Record<string, unknown>)[fill]]);
      return [[name, Object.fromEntries(names)]];
    }),
  );
}

function importProblem(options: pulumi.CustomResourceOptions): string | undefined {
  if (options.import === undefined) return undefined;
  return 'the option `import` does not work for dynamic resources (pulumi/pulumi#16175): leave it out and set adopt: true.';
}

/** Pulumi takes an empty id for none, and would make a link. */
function idProblem({ idFormat, idExample }: LinkClass, { id }: pulumi.CustomResourceOptions) {
  if (id === undefined || id) return undefined;
  return `the id to get is empty. An id is ${idFormat}, such as ${idExample}.`;
}

/** The engine would send the link to whichever provider it is given; the preview of a create would show nothing. */
function providerProblem(
  { provider, parent }: pulumi.CustomResourceOptions,
  type: string,
): string | undefined {
  const used = provider ?? parent?.getProvider(type);
  if (used === undefined || packageOf(used) === 'pulumi-nodejs') return undefined;
  const where =
    provider === undefined ? 'what its parent has as the provider of pulumi-nodejs' : 'the option provider';
  const other =
    packageOf(used) === 'alicloud-media' ? ' It serves the classes of pulumi-alicloud-media-plugin.' : '';
  return (
    `${where} is a provider of ${packageOf(used)}, which does not know this resource.${other} ` +
    'Give it a Provider of pulumi-alicloud-media, or leave the option out to use the configuration of the stack.'
  );
}

/** The options that a link is registered with. */
export function linkOptions(
  { pluginType }: LinkClass,
  options: pulumi.CustomResourceOptions = {},
): pulumi.CustomResourceOptions {
  return {
    // The old and the new one are the same link where something else than its name makes the replacement.
    deleteBeforeReplace: true,
    ...options,
    // A stack that comes back from the plugin keeps its links: else this process would remove what the other made.
    aliases: [...(options.aliases ?? []), { type: pluginType }],
  };
}
