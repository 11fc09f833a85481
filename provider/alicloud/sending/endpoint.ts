import { nearest } from '../../nearest.js';
import { ConfigurationError } from '../answers/errors.js';
import type { Configuration } from '../configuration/configuration.js';
import { REGION_ID, REGION_RULE } from '../configuration/region-id.js';
import { regionsOf, SERVICES, type Service, STS_HOST } from './services.js';

/** Why a link cannot be made in this region, or undefined. */
export function regionProblem(
  service: 'imm' | 'mts',
  region: string,
  configuration: Configuration,
): string | undefined {
  const { title } = SERVICES[service];
  const other = regionNamedBy(service, region, configuration);
  if (other !== undefined) return overrideNames(service, region, other, configuration);
  if (regionsOf(service).includes(region)) return undefined;
  if (configuration.endpoints[service] && REGION_ID.test(region)) return undefined;
  const near = nearest(region, regionsOf(service), 3).join(', ');
  const override = `${service.toUpperCase()}_ENDPOINT or alicloud:endpoints [{"${service}": "..."}]`;
  return `${title} does not list the region '${region}'; nearest: ${near}. If it is a new region, give its endpoint: ${override}.`;
}

/** Where the requests for a region go, as `https://host`. A request never goes to a host of another region. */
export function endpointFor(service: Service, region: string, configuration: Configuration): string {
  const override = configuration.endpoints[service];
  if (override) {
    const other = regionNamedBy(service, region, configuration);
    if (other === undefined) return override.url;
    throw new ConfigurationError([overrideNames(service, region, other, configuration)]);
  }
  if (service === 'sts' && (configuration.network === 'public' || region === ''))
    return `https://${STS_HOST}`;
  if (!REGION_ID.test(region)) throw new ConfigurationError([`'${region}' is not ${REGION_RULE}.`]);
  // Inside a VPC each service has a host of the same pattern (api-facts.md §2.6, §3.2).
  if (configuration.network === 'vpc') return `https://${service}-vpc.${region}.aliyuncs.com`;
  const { hosts } = SERVICES[service];
  // A link that exists may be in a region that is listed no longer, or not yet.
  return `https://${Object.hasOwn(hosts, region) ? hosts[region] : `${service}.${region}.aliyuncs.com`}`;
}

/** What to say once a run, so that nobody wonders where requests went. */
export function overridesInForce({ endpoints }: Configuration): readonly string[] {
  return (Object.keys(SERVICES) as Service[]).flatMap((service) => {
    const override = endpoints[service];
    return override ? `${SERVICES[service].title} requests go to ${override.url} (${override.source}).` : [];
  });
}

function overrideNames(
  service: Service,
  region: string,
  other: string,
  { endpoints }: Configuration,
): string {
  const { url, source } = endpoints[service] ?? {};
  return `${SERVICES[service].title} is needed in region '${region}', but ${source} says ${url}, a host of region '${other}'.`;
}

/** The other region that the host of an override names. STS answers the same everywhere. */
function regionNamedBy(service: Service, region: string, { endpoints }: Configuration): string | undefined {
  const override = endpoints[service];
  if (!override || service === 'sts') return undefined;
  const { hostname } = new URL(override.url);
  // The hosts of the services are of one form, in regions that are not listed too.
  const [, label = ''] = /^[a-z-]+\.([^.]+)\.aliyuncs\.com$/.exec(hostname) ?? [];
  if (REGION_ID.test(label)) return label === region ? undefined : label;
  const names = (name: string) =>
    `.${hostname}.`.replaceAll('-', '.').includes(`.${name.replaceAll('-', '.')}.`);
  const known = new Set([region, ...regionsOf('imm'), ...regionsOf('mts')]);
  // cn-beijing is inside cn-beijing-gov-1: the longest name is the one meant.
  const [named] = [...known].filter(names).sort((a, b) => b.length - a.length);
  return named === undefined || named === region ? undefined : named;
}
