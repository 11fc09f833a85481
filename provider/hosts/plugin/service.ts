import type { ServerUnaryCall, sendUnaryData, UntypedServiceImplementation } from '@grpc/grpc-js';
import type * as Plugin from '@pulumi/pulumi/proto/plugin_pb.js';
import type * as Messages from '@pulumi/pulumi/proto/provider_pb.js';
import { version } from '../../alicloud/sending/package-version.js';
import type { CheckFailure } from '../../lifecycle/lifecycle.js';
import { load } from '../pulumi-library.js';
import { changedKeys } from './configuration.js';
import { failureOf } from './failure.js';
import { inNamespace } from './namespace.js';
import type { MediaProvider, Subject } from './provider.js';
import { schema } from './schema.js';
import { fromStruct, toStruct } from './values.js';

const messages = load('./proto/provider_pb.js') as typeof Messages;
const { PluginInfo } = load('./proto/plugin_pb.js') as typeof Plugin;
const { Empty } = load('google-protobuf/google/protobuf/empty_pb.js') as { Empty: new () => object };

/** The provider's side of Pulumi's gRPC protocol. What is not here is answered with UNIMPLEMENTED. */
export function serviceOf(provider: MediaProvider): UntypedServiceImplementation {
  return {
    handshake: answered((request: Messages.ProviderHandshakeRequest) => {
      provider.attach(request.getEngineAddress());
      // Secrets and unknowns of the inputs are the engine's to keep: no lifecycle has to know of them.
      return new messages.ProviderHandshakeResponse();
    }),

    attach: answered((request: Plugin.PluginAttach) => {
      provider.attach(request.getAddress());
      return new Empty();
    }),

    getPluginInfo: answered(() => {
      const info = new PluginInfo();
      info.setVersion(version());
      return info;
    }),

    getSchema: answered(() => {
      const response = new messages.GetSchemaResponse();
      response.setSchema(schema());
      return response;
    }),

    checkConfig: answered(async (request: Messages.CheckRequest) => {
      const failures = await provider.checkConfig(fromStruct(request.getNews()));
      const response = new messages.CheckResponse();
      response.setInputs(request.getNews());
      response.setFailuresList(failures.map(failure));
      return response;
    }),

    diffConfig: answered((request: Messages.DiffRequest) => {
      const changed = changedKeys(fromStruct(request.getOlds()), fromStruct(request.getNews()));
      const { DiffChanges } = messages.DiffResponse;
      const response = new messages.DiffResponse();
      // Nothing replaces a provider: every link keeps its own account and region, and is checked against them.
      response.setChanges(changed.length === 0 ? DiffChanges.DIFF_NONE : DiffChanges.DIFF_SOME);
      response.setDiffsList([...changed]);
      return response;
    }),

    configure: answered((request: Messages.ConfigureRequest) => {
      provider.configure(fromStruct(request.getArgs()));
      const response = new messages.ConfigureResponse();
      response.setSupportspreview(true);
      return response;
    }),

    check: answered(async (request: Messages.CheckRequest) => {
      const [olds, news] = [fromStruct(request.getOlds()), fromStruct(request.getNews())];
      const { inputs, failures } = await provider.check(subjectOf(request), news, olds);
      const response = new messages.CheckResponse();
      response.setInputs(toStruct(inputs));
      response.setFailuresList(failures.map(failure));
      return response;
    }),

    diff: answered(async (request: Messages.DiffRequest) => {
      const [olds, news] = [fromStruct(request.getOlds()), fromStruct(request.getNews())];
      const diff = await provider.diff(subjectOf(request), request.getId(), olds, news);
      const { DiffChanges } = messages.DiffResponse;
      const response = new messages.DiffResponse();
      response.setChanges(diff.isSame ? DiffChanges.DIFF_NONE : DiffChanges.DIFF_SOME);
      response.setReplacesList([...diff.replaces]);
      response.setDiffsList([...diff.details.keys()]);
      response.setDeletebeforereplace(diff.deleteBeforeReplace);
      response.setHasdetaileddiff(diff.details.size > 0);
      for (const [name, { kind, inputDiff }] of diff.details) {
        const detail = new messages.PropertyDiff();
        detail.setKind(messages.PropertyDiff.Kind[kind]);
        detail.setInputdiff(inputDiff);
        response.getDetaileddiffMap().set(name, detail);
      }
      return response;
    }),

    create: answered(async (request: Messages.CreateRequest) => {
      const inputs = fromStruct(request.getProperties());
      const { id, outputs } = await provider.create(subjectOf(request), inputs, request.getPreview());
      const response = new messages.CreateResponse();
      response.setId(id);
      response.setProperties(toStruct(outputs));
      return response;
    }),

    read: answered(async (request: Messages.ReadRequest) => {
      const given = request.getProperties();
      const outputs = given === undefined ? undefined : fromStruct(given);
      const found = await provider.read(subjectOf(request), request.getId(), outputs);
      const response = new messages.ReadResponse();
      // Without an id it is gone.
      if (found === undefined) return response;
      response.setId(found.id);
      response.setInputs(toStruct(found.inputs));
      response.setProperties(toStruct(found.outputs));
      return response;
    }),

    update: answered(async (request: Messages.UpdateRequest) => {
      const [olds, news] = [fromStruct(request.getOlds()), fromStruct(request.getNews())];
      const [id, isPreview] = [request.getId(), request.getPreview()];
      const outputs = await provider.update(subjectOf(request), id, olds, news, isPreview);
      const response = new messages.UpdateResponse();
      response.setProperties(toStruct(outputs));
      return response;
    }),

    delete: answered(async (request: Messages.DeleteRequest) => {
      await provider.delete(subjectOf(request), request.getId(), fromStruct(request.getProperties()));
      return new Empty();
    }),

    invoke: answered(async (request: Messages.InvokeRequest) => {
      const args = fromStruct(request.getArgs());
      const { result, failures } = await provider.invoke(request.getTok(), args, request.getPreview());
      const response = new messages.InvokeResponse();
      if (result !== undefined) response.setReturn(toStruct(result));
      response.setFailuresList(failures.map(failure));
      return response;
    }),

    cancel: answered(() => {
      provider.cancel();
      return new Empty();
    }),
  };
}

type Handler<Request, Response> = (
  call: ServerUnaryCall<Request, Response>,
  callback: sendUnaryData<Response>,
) => Promise<void>;

function answered<Request, Response>(
  work: (request: Request) => Response | Promise<Response>,
): Handler<Request, Response> {
  return async ({ request }, callback) => {
    try {
      callback(null, await work(request));
    } catch (error) {
      callback(failureOf(error));
    }
  };
}

interface AboutResource {
  getUrn(): string;
  getType(): string;
  getTimeout?(): number;
}

function subjectOf(request: AboutResource): Subject {
  // Engines before 3.130 give no type beside the URN, of which it is the last but one part.
  const urn = request.getUrn();
  const type = request.getType() || (urn.split('::').at(-2)?.split('$').at(-1) ?? '');
  return { urn, type, timeout: request.getTimeout?.() ?? 0 };
}

function failure({ property, reason }: CheckFailure): Messages.CheckFailure {
  const message = new messages.CheckFailure();
  message.setProperty(property);
  message.setReason(inNamespace(reason));
  return message;
}
