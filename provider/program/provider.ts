import * as pulumi from '@pulumi/pulumi';
import { refuseUnknownArguments, refuseUnknownKeys } from './known-keys.js';
import { NAMESPACES, type ProviderArgs, SECRET, SECRET_WITHIN } from './provider-args.js';

/** What a `Provider` was made with: texts by key, such as `alicloud:region`. */
type ProviderConfiguration = Readonly<Record<string, pulumi.Output<string>>>;

/**
 * A program may load this package more than once, as where a library of components has a copy of its own. Each copy
 * finds the table by this name, so name and shape are the same in every version. The keys in it hang on no `Provider`,
 * so that nothing which prints or serializes one meets them.
 */
const TABLE = Symbol.for('pulumi-alicloud-media:Provider:configuration');

function configurations(): WeakMap<object, ProviderConfiguration> {
  const shared = globalThis as { [TABLE]?: WeakMap<object, ProviderConfiguration> };
  shared[TABLE] ??= new WeakMap();
  return shared[TABLE];
}

/**
 * Credentials and settings of their own for the resources that name it with the option `provider`: a second
 * account in one program. A second region needs none: `region` is an argument of every resource.
 */
export class Provider extends pulumi.ProviderResource {
  constructor(name: string, args: ProviderArgs, options?: pulumi.ResourceOptions) {
    refuseUnknownKeys();
    refuseUnknownArguments(`Provider '${name}'`, args);
    const properties = configurationOf(args);
    super('pulumi-nodejs', name, properties, options);
    configurations().set(this, properties);
  }
}

/** The configuration that a `Provider` was made with; undefined for any other resource. */
export function configurationOfProvider(
  provider: pulumi.ProviderResource,
): ProviderConfiguration | undefined {
  return configurations().get(provider);
}

/** The package that a provider serves. Pulumi asks for it at every resource, and does not declare it. */
export function packageOf(provider: pulumi.ProviderResource): string {
  const { getPackage } = provider as { getPackage?: () => string };
  return getPackage?.call(provider) ?? 'something else';
}

function configurationOf(args: ProviderArgs): Record<string, pulumi.Output<string>> {
  const given = Object.entries(args).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    given.map(([name, value]) => {
      const text = pulumi
        .output(value)
        .apply((plain) => (typeof plain === 'string' ? plain : JSON.stringify(plain)));
      const secret = SECRET.includes(name) || mayHold(value, SECRET_WITHIN[name]);
      return [`${NAMESPACES[name]}:${name}`, secret ? pulumi.secret(text) : text];
    }),
  );
}

/** Whether a value, which may be JSON, may hold this key: an Output cannot be looked into here. */
function mayHold(value: unknown, key: string | undefined): boolean {
  if (key === undefined) return false;
  if (typeof value === 'string') return value.includes(`"${key}"`);
  if (typeof value !== 'object' || value === null) return false;
  return pulumi.Output.isInstance(value) || value instanceof Promise || key in value;
}
