import { ask } from './ask.mjs';
import { byId, setText } from './dom.mjs';
import { startFaults, takeRules } from './faults.mjs';
import { startJournal, takeCalls } from './journal.mjs';
import { Live } from './live.mjs';
import { startObjects, takeObjects } from './objects.mjs';
import { startSwitches, takeSwitches } from './switches.mjs';

/** @import { Tables } from '../shapes.js' */

const live = new Live((news, isAnotherRun) => {
  takeCalls(news, isAnotherRun);
  if (news.standing === undefined) return;
  takeObjects(news.standing.objects);
  takeRules(news.standing.faults);
  takeSwitches(news.standing.switches);
});

/** @type {Tables} */
const tables = await ask('GET', 'console/tables');
const place = `IMM, MPS and STS of ${tables.region} on ${location.host}; nothing here is Alibaba Cloud.`;
setText(byId('place', HTMLElement), place);
startJournal();
startObjects();
startFaults(tables, () => live.now());
startSwitches(tables, () => live.now());
await live.follow();
