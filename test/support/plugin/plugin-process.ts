import { resolve } from 'node:path';
import { ProviderProcess } from '../dynamic/provider-process.js';
import { PluginClient } from './plugin-client.js';

const ROOT = resolve(__dirname, '../../..');
const SCRIPT = resolve(ROOT, 'bin/pulumi-resource-alicloud-media');

/** The provider plugin in a process of its own. */
export class PluginProcess extends PluginClient {
  private constructor(readonly process: ProviderProcess) {
    super((method, request) => process.call(method, request));
  }

  static async start(environment: NodeJS.ProcessEnv, ...args: readonly string[]): Promise<PluginProcess> {
    const { child, port, rest } = await ProviderProcess.spawn([SCRIPT, ...args], ROOT, environment);
    const started = new PluginProcess(new ProviderProcess(child, port));
    rest((text) => {
      started.process.printed += text;
    });
    return started;
  }

  /** Everything it printed. */
  get printed(): string {
    return this.process.printed;
  }

  stop(): Promise<void> {
    return this.process.stop();
  }
}
