import { PROBES } from './calls.js';
import type { Check } from './check.js';
import { ok, problem, skip, warning } from './finding.js';
import { isAboutTime, type Outcome } from './services.js';

/** Seconds. A service takes no request that is further off than this. */
const MOST = 15 * 60;
/** Seconds. Sessions end, and what was made dates, by that much too early or too late. */
const NOTED = 60;

const SET = 'Set the clock of this machine, best by a time service (NTP).';

export const clockCheck: Check = {
  name: 'clock',
  description: 'How far is the clock of this machine from that of the services?',
  async run({ services }) {
    if (services.configuration instanceof Error) return skip('the configuration is not usable');
    const asked: readonly (Outcome | { readonly is: 'known' })[] = [
      await services.account(),
      await services.ask(PROBES.imm),
      await services.ask(PROBES.mts),
    ];
    if (asked.some((outcome) => outcome.is === 'failed' && isAboutTime(outcome.error)))
      return problem('more than 15 minutes from that of the service, which refuses every request', SET);
    const { clockOffset } = services.wire;
    if (clockOffset === undefined) return skip('no service has told its time');
    const seconds = Math.round(Math.abs(clockOffset) / 1000);
    const said = `${seconds} s ${clockOffset > 0 ? 'behind' : 'ahead of'} the service`;
    if (seconds >= MOST) return problem(`${said}, which refuses requests from 15 minutes on`, SET);
    if (seconds >= NOTED) return warning(`${said}, which refuses requests from 15 minutes on`, SET);
    return ok(seconds < 2 ? 'as that of the service' : said);
  },
};
