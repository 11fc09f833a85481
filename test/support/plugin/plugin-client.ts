import {
  type Answer,
  failuresOf,
  load,
  messages,
  type Properties,
  Struct,
} from '../dynamic/provider-process.js';

const { PluginAttach } = load('./proto/plugin_pb.js');
const { Empty } = load('google-protobuf/google/protobuf/empty_pb.js');

/** How the engine asks for a step. */
interface Asking {
  readonly preview?: boolean;
  /** Seconds. */
  readonly timeout?: number;
}

interface Detail {
  readonly kind: string;
  readonly inputDiff: boolean;
}

/** The URN of a resource of this type. */
export function urnOf(type: string): string {
  return `urn:pulumi:test::contract::${type}::one`;
}

/** The engine's side of the protocol of a provider plugin, wherever that is. */
export class PluginClient {
  protected constructor(readonly call: Answer) {}

  async handshake(engine: string): Promise<Record<string, boolean>> {
    const request = new messages.ProviderHandshakeRequest();
    request.setEngineAddress(engine);
    return (await this.call('handshake', request)).toObject();
  }

  async attach(engine: string): Promise<void> {
    const request = new PluginAttach();
    request.setAddress(engine);
    await this.call('attach', request);
  }

  async version(): Promise<string> {
    return (await this.call('getPluginInfo', new Empty())).getVersion();
  }

  async schema(): Promise<string> {
    return (await this.call('getSchema', new messages.GetSchemaRequest())).getSchema();
  }

  async checkConfig(args: Properties): Promise<{ inputs: Properties; failures: readonly string[] }> {
    const request = new messages.CheckRequest();
    request.setUrn('urn:pulumi:test::contract::pulumi:providers:alicloud-media::default');
    request.setNews(Struct.fromJavaScript(args));
    const response = await this.call('checkConfig', request);
    const failures = response.getFailuresList().map((each: { getReason(): string }) => each.getReason());
    return { inputs: response.getInputs().toJavaScript(), failures };
  }

  async diffConfig(olds: Properties, news: Properties): Promise<{ changes: string; replaces: string[] }> {
    const request = new messages.DiffRequest();
    request.setOldInputs(Struct.fromJavaScript(olds));
    request.setOlds(Struct.fromJavaScript(olds));
    request.setNews(Struct.fromJavaScript(news));
    const response = await this.call('diffConfig', request);
    return { changes: changesOf(response), replaces: response.getReplacesList() };
  }

  async configure(args: Properties = {}): Promise<void> {
    const request = new messages.ConfigureRequest();
    request.setArgs(Struct.fromJavaScript(args));
    await this.call('configure', request);
  }

  async check(
    type: string,
    news: Properties,
    olds?: Properties,
  ): Promise<{ inputs: Properties; failures: Record<string, string> }> {
    const request = new messages.CheckRequest();
    request.setUrn(urnOf(type));
    request.setType(type);
    request.setNews(Struct.fromJavaScript(news));
    if (olds !== undefined) request.setOlds(Struct.fromJavaScript(olds));
    const response = await this.call('check', request);
    return { inputs: response.getInputs().toJavaScript(), failures: failuresOf(response) };
  }

  async diff(
    type: string,
    id: string,
    olds: Properties,
    news: Properties,
  ): Promise<{
    changes: string;
    replaces: string[];
    deleteBeforeReplace: boolean;
    details: Record<string, Detail>;
  }> {
    const request = new messages.DiffRequest();
    request.setId(id);
    request.setUrn(urnOf(type));
    request.setType(type);
    request.setOlds(Struct.fromJavaScript(olds));
    request.setNews(Struct.fromJavaScript(news));
    const response = await this.call('diff', request);
    const { Kind } = messages.PropertyDiff;
    const details: [string, Detail][] = [];
    response
      .getDetaileddiffMap()
      .forEach((detail: { getKind(): number; getInputdiff(): boolean }, name: string) => {
        const kind = Object.keys(Kind).find((each) => Kind[each] === detail.getKind()) ?? '';
        details.push([name, { kind, inputDiff: detail.getInputdiff() }]);
      });
    return {
      changes: changesOf(response),
      replaces: response.getReplacesList(),
      deleteBeforeReplace: response.getDeletebeforereplace(),
      details: Object.fromEntries(details),
    };
  }

  async create(
    type: string,
    inputs: Properties,
    asking: Asking = {},
  ): Promise<{ id: string; outputs: Properties }> {
    const request = new messages.CreateRequest();
    request.setUrn(urnOf(type));
    request.setType(type);
    request.setProperties(Struct.fromJavaScript(inputs));
    request.setPreview(asking.preview ?? false);
    request.setTimeout(asking.timeout ?? 0);
    const response = await this.call('create', request);
    return { id: response.getId(), outputs: response.getProperties().toJavaScript() };
  }

  /** `id` is empty where the link is gone. */
  async read(
    type: string,
    id: string,
    outputs?: Properties,
  ): Promise<{ id: string; outputs: Properties | undefined; inputs: Properties | undefined }> {
    const request = new messages.ReadRequest();
    request.setId(id);
    request.setUrn(urnOf(type));
    request.setType(type);
    if (outputs !== undefined) request.setProperties(Struct.fromJavaScript(outputs));
    const response = await this.call('read', request);
    return {
      id: response.getId(),
      outputs: response.getProperties()?.toJavaScript(),
      inputs: response.getInputs()?.toJavaScript(),
    };
  }

  async update(
    type: string,
    id: string,
    olds: Properties,
    news: Properties,
    asking: Asking = {},
  ): Promise<Properties> {
    const request = new messages.UpdateRequest();
    request.setId(id);
    request.setUrn(urnOf(type));
    request.setType(type);
    request.setOlds(Struct.fromJavaScript(olds));
    request.setNews(Struct.fromJavaScript(news));
    request.setPreview(asking.preview ?? false);
    request.setTimeout(asking.timeout ?? 0);
    return (await this.call('update', request)).getProperties().toJavaScript();
  }

  async delete(type: string, id: string, outputs: Properties, asking: Asking = {}): Promise<void> {
    const request = new messages.DeleteRequest();
    request.setId(id);
    request.setUrn(urnOf(type));
    request.setType(type);
    request.setProperties(Struct.fromJavaScript(outputs));
    request.setTimeout(asking.timeout ?? 0);
    await this.call('delete', request);
  }

  async invoke(
    token: string,
    args: Properties,
    { preview = false }: Pick<Asking, 'preview'> = {},
  ): Promise<{ result: Properties | undefined; failures: Record<string, string> }> {
    const request = new messages.InvokeRequest();
    request.setTok(token);
    request.setPreview(preview);
    request.setArgs(Struct.fromJavaScript(args));
    const response = await this.call('invoke', request);
    return { result: response.getReturn()?.toJavaScript(), failures: failuresOf(response) };
  }

  async cancel(): Promise<void> {
    await this.call('cancel', new Empty());
  }

  /** A method of the protocol that this provider does not have. */
  async parameterize(): Promise<void> {
    await this.call('parameterize', new messages.ParameterizeRequest());
  }
}

function changesOf(response: { getChanges(): number }): string {
  return ['unknown', 'none', 'some'][response.getChanges()] ?? '';
}
