import * as pulumi from '@pulumi/pulumi';
import { refuseUnknownKeys } from './known-keys.js';
import { configurationOfProvider, packageOf } from './provider.js';

/** Any resource of this package: what uses the provider of a parent as a function does. */
const RESOURCE = 'pulumi-nodejs:dynamic/alicloud-media:DatasetBinding';

/** A function, as its module exports it. */
export interface Question {
  readonly module: 'imm' | 'mps';
  readonly name: string;
}

/** The answer to a function, as Pulumi's own functions give theirs. */
export function ask<Result>(
  { module, name }: Question,
  args: object,
  options: pulumi.InvokeOptions,
): pulumi.Output<Result> {
  refuseUnknownKeys();
  const provider = options.provider ?? options.parent?.getProvider(RESOURCE);
  const configuration = provider && configurationFor(name, options, provider);
  const engine = pulumi.runtime.getMonitor();
  // Keys of the machine are for what an engine runs, not for a test that forgot its mocks.
  if (engine === undefined) {
    throw new Error(
      `${name}: no engine runs this program. Run it with \`pulumi\`, or set mocks first: pulumi.runtime.setMocks.`,
    );
  }
  if (isMock(engine)) {
    // The plugin's name for it.
    const token = `alicloud-media:${module}:${name}`;
    return pulumi.runtime.invokeOutput(token, { ...args }, { ...options, ...(provider && { provider }) });
  }
  // The result holds none of the keys, so it does not become secret with them.
  const settings = configuration
    ? pulumi.unsecret(pulumi.output(configuration))
    : pulumi.output(pulumi.runtime.allConfig());
  return pulumi
    .all([pulumi.output(args), settings, pulumi.output(idsBehind(name, args))])
    .apply(async ([known, config]) => {
      const { askInProgram } = await import('../hosts/asking.js');
      const asking = { run: engine, say: sayIn(engine) };
      return (await askInProgram(`${module}.${name}`, { ...known }, config, asking)) as Result;
    });
}

/** Never that of the stack in the place of one that cannot be read: it may be that of another account. */
function configurationFor(name: string, options: pulumi.InvokeOptions, provider: pulumi.ProviderResource) {
  const configuration = configurationOfProvider(provider);
  if (configuration !== undefined) return configuration;
  const where = options.provider === undefined ? 'the provider of the option parent' : 'the option provider';
  throw new Error(
    `${name}: ${where} is a provider of ${packageOf(provider)} that is no Provider of pulumi-alicloud-media. ` +
      'Its configuration cannot be read, and that of the stack may lead to another account. Give a Provider of ' +
      'pulumi-alicloud-media with the option provider, or leave both options out to ask with the configuration of the stack.',
  );
}

/** The engine is reached by gRPC; what a test puts into its place has no channel. */
function isMock(engine: object): boolean {
  return !('getChannel' in engine);
}

/** What was said in each run, of which one process may have several (Automation API). */
const told = new WeakMap<object, Set<string>>();

/** What several configurations of one run would say, such as an override in force, is said once. */
function sayIn(run: object): (severity: string, text: string) => void {
  const lines = told.get(run) ?? new Set();
  told.set(run, lines);
  return (severity, text) => {
    if (severity === 'warning') return void pulumi.log.warn(text);
    if (severity !== 'info' || lines.has(text)) return;
    lines.add(text);
    void pulumi.log.info(text);
  };
}

/**
 * The ids of the resources that the arguments come from. In a preview the arguments of a binding that is still to be
 * made are known, but its id is not: then there is nothing yet to ask for, as with every function of Pulumi.
 */
async function idsBehind(name: string, args: object): Promise<pulumi.Output<pulumi.ID>[]> {
  const [, dependencies] = await pulumi.runtime.serializeResourceProperties(name, { ...args });
  return [...dependencies.values()]
    .flatMap((resources) => [...resources])
    .filter((resource) => pulumi.CustomResource.isInstance(resource))
    .map(({ id }) => id);
}
