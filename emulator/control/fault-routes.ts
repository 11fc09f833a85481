import { BOUNDARIES } from '../calls/calls.js';
import type { Park, ParkRule } from '../calls/parks.js';
import { readFault } from '../faults/fault.js';
import { type Body, oneOf, optionalNumber, optionalText } from './body.js';
import { done, type Route } from './route.js';

/** What makes requests go wrong, holds them, and counts them. */
export const FAULT_ROUTES: Readonly<Record<string, Route>> = {
  'GET faults': (e) => ({
    faults: e.faults().map(({ fault, ...counts }) => ({ ...counts, ...shown(fault) })),
  }),
  'POST faults': (e, body) => ({ id: e.addFault(readFault(body)) }),
  'DELETE faults': (e, body) => done(e.clearFaults(optionalNumber(body, 'id'))),
  'POST bindings/release': (e) => done(e.releaseBindings()),
  'PUT disk': (e, body) => {
    if (typeof body.full !== 'boolean') throw new Error('"full" must be true or false');
    return done(e.setDiskFull(body.full));
  },
  'GET parks': (e) => ({ parks: e.parks().map(parkShown) }),
  'POST parks': (e, body) => ({ id: e.park(parkRule(body)).id }),
  'POST parks/release': (e, body) => done(e.releaseParks(optionalNumber(body, 'id'))),
  'GET statistics': (e) => e.statistics(),
  'DELETE statistics': (e) => done(e.clearStatistics()),
};

function parkShown(park: Park): object {
  return { id: park.id, ...park.rule, held: park.held() };
}

function parkRule(body: Body): ParkRule {
  return {
    boundary: oneOf(body, 'boundary', BOUNDARIES),
    action: optionalText(body, 'action'),
    service: optionalText(body, 'service'),
    link: optionalText(body, 'link'),
    linkContains: optionalText(body, 'linkContains'),
    skip: optionalNumber(body, 'skip'),
    times: optionalNumber(body, 'times'),
  };
}

// JSON has no Infinity.
function shown(fault: object): object {
  return 'times' in fault && fault.times === Number.POSITIVE_INFINITY ? { ...fault, times: 'always' } : fault;
}
