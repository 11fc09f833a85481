import { expect, it } from 'vitest';
import * as failures from '../../provider/lifecycle/failures.js';
import { OWN_ERRORS } from '../../scripts/generate/own-errors.js';

/** Their messages are made where they are thrown, and say all that there is to say. */
const SAID_IN_PLACE = ['HalfMadeError', 'NotThereError', 'NotToBeTakenError', 'ParentMissingError'];

it('the page of errors explains each error of the lifecycles', () => {
  const classes = Object.values(failures).filter((each) => each.prototype instanceof Error);
  const explained = OWN_ERRORS.flatMap(({ example }) => (example === undefined ? [] : example.name));
  const all = classes.map(({ name }) => name).sort();
  expect(all.length).toBeGreaterThan(8);
  expect(
    [...new Set([...explained, ...SAID_IN_PLACE])].filter((name) => name !== 'TransportError').sort(),
  ).toEqual(all);
});
