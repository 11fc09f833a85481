import { createHash, randomUUID } from 'node:crypto';
import type { Emulator } from '../emulator-object.js';
import type { FaultRule } from '../faults/rules.js';
import type { JournalEntry } from '../journal.js';
import { shownObjects } from './objects.js';
import type { News, ShownCall, ShownRule, Standing } from './shapes.js';
import { shownText } from './shown-text.js';

/** What one answer carries of a long journal: the newest. */
const MOST_CALLS = 2000;

type Clean = (text: string) => string;

const runs = new WeakMap<Emulator, string>();

/** What is new to a page that has the calls up to `after`, and what stood as `seen` names it, of the same `run`. */
export function news(emulator: Emulator, query: URLSearchParams): News {
  const clean: Clean = (text) => shownText(text, emulator.keys);
  const run = runOf(emulator);
  const isSame = query.get('run') === run;
  const journal = emulator.journal();
  // The numbers of the journal have no gap, so a call is found without a search.
  const first = journal[0]?.sequence ?? Number.MAX_SAFE_INTEGER;
  const after = isSame ? Number(query.get('after')) || 0 : 0;
  const from = Math.max(0, after + 1 - first, journal.length - MOST_CALLS);
  const calls = journal.slice(from).map((entry) => shownCall(entry, clean));
  const standing = standingOf(emulator, clean);
  const seen = createHash('sha256').update(JSON.stringify(standing)).digest('base64url');
  const isKnown = isSame && query.get('seen') === seen;
  return { run, first, calls, seen, ...(isKnown ? {} : { standing }) };
}

function runOf(emulator: Emulator): string {
  const run = runs.get(emulator) ?? randomUUID();
  runs.set(emulator, run);
  return run;
}

function shownCall(entry: JournalEntry, clean: Clean): ShownCall {
  const { sequence, time, took, status, code, fault, sent, requestId } = entry;
  const names = { action: clean(entry.action), link: clean(entry.link) };
  return { sequence, time, took, ...names, status, code, fault, sent, requestId };
}

function standingOf(emulator: Emulator, clean: Clean): Standing {
  return {
    objects: shownObjects(emulator, clean),
    faults: emulator.faults().map((rule) => shownRule(rule, clean)),
    switches: { ...emulator.switches },
  };
}

function shownRule({ id, fault, matched, struck }: FaultRule, clean: Clean): ShownRule {
  const { kind, action = '', times = 1, skip = 0, delayMs } = fault;
  const only = [
    fault.service && `service ${fault.service}`,
    fault.link && `link ${fault.link}`,
    fault.linkContains && `links with ${fault.linkContains}`,
    // Whose key it is stays out of the page.
    fault.accessKeyId && 'one key',
    fault.probability !== undefined && `probability ${fault.probability}`,
  ];
  return {
    id,
    kind,
    action: clean(action),
    only: only
      .map((part) => clean(part || ''))
      .filter(Boolean)
      .join(', '),
    times: times === Number.POSITIVE_INFINITY ? 'always' : String(times),
    skip,
    delay: delayMs === undefined ? '' : String(delayMs),
    matched,
    struck,
  };
}
