import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { failuresOf, messages, type Properties, ProviderProcess, Struct } from './provider-process.js';

export { CallError, type Properties } from './provider-process.js';

/** Where each end of the peer range is installed; the process runs there, as it runs in a user's project. */
export const PEERS = { oldest: peer('oldest'), newest: peer('newest') };

const NO_ENGINE = '127.0.0.1:1';

function peer(name: string): string {
  return resolve(__dirname, '../../peers', name);
}

/** Pulumi's own dynamic-provider process. */
export class DynamicProcess extends ProviderProcess {
  static async start(
    folder: string,
    environment: NodeJS.ProcessEnv,
    engine = NO_ENGINE,
  ): Promise<DynamicProcess> {
    const main = join(folder, 'node_modules/@pulumi/pulumi/cmd/dynamic-provider/index.js');
    const { child, port, rest } = await ProviderProcess.spawn([main, engine], folder, {
      ...environment,
      PULUMI_NODEJS_PROJECT: 'contract',
      // Processes of one engine tell each other there who has which link; an address that nobody serves is no engine.
      ...(engine === NO_ENGINE && { TMPDIR: mkdtempSync(join(tmpdir(), 'no-engine-')) }),
    });
    const started = new DynamicProcess(child, port);
    rest((text) => {
      started.printed += text;
    });
    return started;
  }

  async configure(config: Record<string, string> = {}): Promise<void> {
    const request = new messages.ConfigureRequest();
    request.setArgs(Struct.fromJavaScript(config));
    await this.call('configure', request);
  }

  async check(
    news: Properties,
    olds: Properties = {},
  ): Promise<{ inputs: Properties; failures: Record<string, string> }> {
    const request = new messages.CheckRequest();
    request.setNews(Struct.fromJavaScript(news));
    request.setOlds(Struct.fromJavaScript(olds));
    const response = await this.call('check', request);
    return { inputs: response.getInputs().toJavaScript(), failures: failuresOf(response) };
  }

  async diff(
    id: string,
    olds: Properties,
    news: Properties,
  ): Promise<{ changes: string; replaces: string[]; deleteBeforeReplace: boolean }> {
    const request = new messages.DiffRequest();
    request.setId(id);
    request.setOlds(Struct.fromJavaScript(olds));
    request.setNews(Struct.fromJavaScript(news));
    const response = await this.call('diff', request);
    return {
      changes: ['unknown', 'none', 'some'][response.getChanges()] ?? '',
      replaces: response.getReplacesList(),
      deleteBeforeReplace: response.getDeletebeforereplace(),
    };
  }

  async create(inputs: Properties): Promise<{ id: string; outputs: Properties }> {
    const request = new messages.CreateRequest();
    request.setProperties(Struct.fromJavaScript(inputs));
    const response = await this.call('create', request);
    return { id: response.getId(), outputs: response.getProperties().toJavaScript() };
  }

  /** `id` is empty where the link is gone. */
  async read(
    id: string,
    properties: Properties,
  ): Promise<{ id: string; outputs: Properties; inputs: Properties | undefined }> {
    const request = new messages.ReadRequest();
    request.setId(id);
    request.setProperties(Struct.fromJavaScript(properties));
    const response = await this.call('read', request);
    const inputs = response.getInputs()?.toJavaScript();
    return { id: response.getId(), outputs: response.getProperties().toJavaScript(), inputs };
  }

  async update(id: string, olds: Properties, news: Properties): Promise<Properties> {
    const request = new messages.UpdateRequest();
    request.setId(id);
    request.setOlds(Struct.fromJavaScript(olds));
    request.setNews(Struct.fromJavaScript(news));
    return (await this.call('update', request)).getProperties().toJavaScript();
  }

  async delete(id: string, properties: Properties): Promise<void> {
    const request = new messages.DeleteRequest();
    request.setId(id);
    request.setProperties(Struct.fromJavaScript(properties));
    await this.call('delete', request);
  }
}
