import * as pulumi from '@pulumi/pulumi';
import { configurationOfProvider } from './provider.js';

export interface GetDatasetBindingArgs {
  /** The IMM project. */
  readonly projectName: pulumi.Input<string>;
  /** The dataset in the project. */
  readonly datasetName: pulumi.Input<string>;
  /** `oss://` and the name of the bucket. */
  readonly uri: pulumi.Input<string>;
  /** The region of project and bucket; without it the configured one. */
  readonly region?: pulumi.Input<string>;
}

/** A binding as the service shows it now. */
export interface GetDatasetBindingResult {
  /** `{region}/{projectName}/{datasetName}/{uri}`. */
  readonly id: string;
  /** `Ready`, `Running`, `Stopped`, `Retrying` or `Failed`. */
  readonly state: string;
  /** `FullScanning`, `IncrementalScanning`, or empty. */
  readonly phase: string;
  /** Why it is in this state, in the words of the service, or empty. */
  readonly reason: string;
  /** When the service made it, RFC 3339. */
  readonly createTime: string;
}

/**
 * Asks for the live state of a binding, in a preview too; not while an argument is unknown. Fails where the binding
 * does not exist. Runs in the program: it uses the configuration of the stack, or that of the option `provider`.
 */
export function getDatasetBinding(
  args: GetDatasetBindingArgs,
  options: pulumi.InvokeOptions = {},
): pulumi.Output<GetDatasetBindingResult> {
  const provider =
    options.provider ?? options.parent?.getProvider('pulumi-nodejs:dynamic/alicloud-media:DatasetBinding');
  const configuration = provider && configurationOfProvider(provider);
  if (options.provider !== undefined && configuration === undefined) {
    throw new Error('getDatasetBinding: the option `provider` must be a Provider of pulumi-alicloud-media.');
  }
  // The result holds none of the keys, so it does not become secret with them.
  const settings = configuration
    ? pulumi.unsecret(pulumi.output(configuration))
    : pulumi.output(pulumi.runtime.allConfig());
  return pulumi.all([pulumi.output(args), settings]).apply(async ([known, config]) => {
    const { readDatasetBinding } = await import('../hosts/functions.js');
    const say = (severity: string, text: string) =>
      severity === 'warning' ? pulumi.log.warn(text) : pulumi.log.info(text);
    return readDatasetBinding(
      known,
      (key) => config[key],
      (severity, text) => void say(severity, text),
    );
  });
}
