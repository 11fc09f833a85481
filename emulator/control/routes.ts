import { news } from '../console/live.js';
import { tables } from '../console/tables.js';
import type { BindingName } from '../direct.js';
import type { Emulator } from '../emulator-object.js';
import { isLimitName, type LimitOverrides } from '../limits.js';
import type { Where } from '../options.js';
import { readPolicy } from '../ram/policy.js';
import type { BucketRule } from '../state/records.js';
import { type Switches, setSwitches } from '../switches.js';
import { type Body, list, oneOf, optionalNumber, optionalText, parseObject, text } from './body.js';
import { FAULT_ROUTES } from './fault-routes.js';
import { done, type Route } from './route.js';

const TYPES = ['Output', 'Input'] as const;

/** What stands after /_emulator/. A route that gives nothing is answered {"ok":true}. */
export const ROUTES: Readonly<Record<string, Route>> = {
  'GET health': (e) => ({ ok: true, emulator: 'pulumi-alicloud-media', region: e.region }),
  'GET journal': (e) => ({ journal: e.journal() }),
  'DELETE journal': (e) => done(e.clearJournal()),
  'GET state': (e) => e.contents(),
  'POST reset': (e) => done(e.reset()),
  'GET switches': (e) => e.switches,
  'PUT switches': (e, body) => {
    const checked: Switches = { ...e.switches };
    setSwitches(checked, body);
    e.set(checked);
    return e.switches;
  },
  'GET limits': (e) => shownLimits(e),
  'PUT limits': (e, body) => {
    e.setLimits(limitOverrides(body));
    return shownLimits(e);
  },
  'PUT timing': (e, body) => {
    const runningAfter = optionalNumber(body, 'runningAfter');
    if (runningAfter !== undefined) e.setRunningAfter(runningAfter);
    const tokenLifetime = optionalNumber(body, 'tokenLifetime');
    if (tokenLifetime !== undefined) e.setTokenLifetime(tokenLifetime);
    const latency = optionalNumber(body, 'latency');
    if (latency !== undefined) e.setLatency(latency);
    return undefined;
  },
  'POST projects': (e, body) => done(e.createProject(text(body, 'name'), where(body))),
  'POST datasets': (e, body) => done(e.createDataset(text(body, 'project'), text(body, 'name'), where(body))),
  'GET bindings': (e) => ({ bindings: e.bindings() }),
  'POST bindings': (e, body) => done(e.createBinding(binding(body))),
  'DELETE bindings': (e, body) => done(e.deleteBinding(binding(body))),
  'POST bindings/fail': (e, body) => done(e.failBinding(binding(body), text(body, 'reason'))),
  'POST bindings/stop': (e, body) => done(e.stopBinding(binding(body), optionalText(body, 'reason'))),
  'POST bindings/resume': (e, body) => done(e.resumeBinding(binding(body))),
  'GET media-buckets': (e) => ({ mediaBuckets: e.mediaBuckets() }),
  'POST media-buckets': (e, body) => {
    const bind = oneOf(body, 'type', TYPES) === 'Output' ? e.bindOutputBucket : e.bindInputBucket;
    return done(bind(text(body, 'bucket'), where(body)));
  },
  'DELETE media-buckets': (e, body) => {
    const unbind = oneOf(body, 'type', TYPES) === 'Output' ? e.unbindOutputBucket : e.unbindInputBucket;
    return done(unbind(text(body, 'bucket'), where(body)));
  },
  'PUT missing-buckets': (e, body) => done(e.setMissingBuckets(list(body, 'buckets').map(String))),
  'PUT bucket-rules': (e, body) => done(e.setBucketRules(list(body, 'rules').map(bucketRule))),
  'POST deny': (e, body) =>
    done(e.deny({ action: text(body, 'action'), accessKeyId: optionalText(body, 'accessKeyId') })),
  'PUT policy': (e, body) => done(e.allowOnly(text(body, 'accessKeyId'), readPolicy(body.policy))),
  'DELETE deny': (e) => done(e.allow()),
  'POST expire': (e) => ({ expired: e.expireTokens() }),
  'GET console/tables': (e) => tables(e),
  'GET console/live': (e, _, query) => news(e, query),
  ...FAULT_ROUTES,
};

function where(body: Body): Where {
  return { account: optionalText(body, 'account'), region: optionalText(body, 'region') };
}

function binding(body: Body): BindingName {
  if (body.link !== undefined) return text(body, 'link');
  const pair = {
    project: text(body, 'project'),
    dataset: text(body, 'dataset'),
    bucket: text(body, 'bucket'),
  };
  return { ...pair, ...where(body) };
}

function bucketRule(value: unknown): BucketRule {
  const body = parseObject(JSON.stringify(value));
  return {
    bucketContains: text(body, 'bucketContains'),
    outcome: oneOf(body, 'outcome', ['Failed', 'Ready']),
    reason: optionalText(body, 'reason') ?? '',
  };
}

/** JSON has no Infinity: a limit that is taken away is false, here as in the options. */
function shownLimits(emulator: Emulator): Record<string, number | false> {
  const shown = Object.entries(emulator.limits).map(([name, value]) => [
    name,
    Number.isFinite(value) ? value : false,
  ]);
  return Object.fromEntries(shown);
}

function limitOverrides(body: Body): LimitOverrides {
  const overrides: Record<string, number | false> = {};
  for (const [name, value] of Object.entries(body)) {
    if (!isLimitName(name)) throw new Error(`no limit is called ${name}`);
    if (value !== false && typeof value !== 'number')
      throw new Error(`limit ${name} must be a number or false`);
    overrides[name] = value;
  }
  return overrides;
}
