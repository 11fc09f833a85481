import { ConfigurationError, ServiceError, TransportError } from '../../provider/alicloud/answers/errors.js';
import type { Configuration } from '../../provider/alicloud/configuration/configuration.js';
import { proxyFor } from '../../provider/alicloud/network/proxy.js';
import { endpointFor } from '../../provider/alicloud/sending/endpoint.js';
import { SERVICES, type Service } from '../../provider/alicloud/sending/services.js';
import { PROBES } from './calls.js';
import type { Check } from './check.js';
import type { Context } from './context.js';
import { type Finding, ok, problem, skip } from './finding.js';
import { isAboutKeys, type Outcome } from './services.js';

/** The gateway that answered is not that of this service. */
const OTHER_API = /^(InvalidProduct\.NotFound|InvalidApi\.NotFound|InvalidVersion|InvalidAction\.NotFound)$/;

export const endpointChecks: readonly Check[] = (['imm', 'mts', 'sts'] as const).map((service) => ({
  name: `${SERVICES[service].title} endpoint`,
  description: `Does ${SERVICES[service].title} answer a call that changes nothing, and by which way?`,
  async run({ services }) {
    const { configuration } = services;
    if (configuration instanceof Error) return skip('the configuration is not usable');
    try {
      const way = wayTo(service, configuration);
      const outcome = await outcomeOf(service, services);
      return findingOf(outcome, way, configuration);
    } catch (error) {
      if (error instanceof ConfigurationError)
        return problem(error.problems.join(' '), 'Correct the configuration that it names.');
      throw error;
    }
  },
}));

/** The host, and what stands between it and this machine. Of a proxy neither user nor password. */
function wayTo(service: Service, configuration: Configuration): string {
  const override = configuration.endpoints[service];
  const region = configuration.region?.value ?? '';
  // Without a region only STS has a host.
  if (region === '' && service !== 'sts' && override === undefined) return 'no host';
  const endpoint = endpointFor(service, region, configuration);
  const proxy = endpoint.startsWith('https:') ? proxyFor(endpoint) : undefined;
  return [
    endpoint,
    override ? `by ${override.source}` : [],
    configuration.network === 'vpc' && !override ? 'of the VPC network' : [],
    proxy ? `through the proxy ${proxy.host}` : [],
  ]
    .flat()
    .join(', ');
}

async function outcomeOf(service: Service, services: Context['services']): Promise<Outcome> {
  if (service !== 'sts') return services.ask(PROBES[service]);
  const { configuration } = services;
  if (!(configuration instanceof Error) && configuration.skipRequestingAccountId)
    return { is: 'unasked', why: 'alicloud-media:skipRequestingAccountId is true' };
  const account = await services.account();
  return account.is === 'failed' ? account : { is: 'done' };
}

function findingOf(outcome: Outcome, way: string, { network, endpoints }: Configuration): Finding {
  if (outcome.is === 'unasked') return skip(`${way}: not asked, since ${outcome.why}`);
  const error = outcome.is === 'failed' ? outcome.error : undefined;
  if (error instanceof TransportError) {
    const isOwnHost = endpoints[error.service] === undefined;
    return problem(
      `${way}: ${error.reason}`,
      error.hint,
      isOwnHost ? NETWORK[network] : "Check the endpoint that is given in place of the service's own.",
    );
  }
  if (error instanceof ServiceError && OTHER_API.test(error.code))
    return problem(`${way}: ${error.message}`, error.hint);
  // Who has no keys has asked nobody; whose keys are refused has.
  if (isAboutKeys(error) && !(error instanceof ServiceError))
    return skip(`${way}: not asked, since there are no usable credentials`);
  return ok(`${way}: answers${error instanceof ServiceError ? ` (${error.code})` : ''}`);
}

const NETWORK = {
  public: 'Inside a VPC without a way out, set alicloud-media:network to vpc.',
  vpc: 'The hosts of alicloud-media:network vpc answer inside a VPC of the region alone.',
} as const;
