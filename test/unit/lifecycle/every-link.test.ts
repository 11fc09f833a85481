import { expect, it } from 'vitest';
import { LIFECYCLES } from '../../../provider/hosts/lifecycles.js';
import { titleOf } from '../../../provider/lifecycle/description.js';
import { LINKS } from '../../support/links/links.js';

it('each resource of the package stands in the table that faults, ownership, hosts and answers are tested with', () => {
  const titles = LIFECYCLES.map(({ description }) => titleOf(description));
  expect(LINKS.map(({ title }) => title).sort()).toEqual(titles.sort());
});

it('each has the id that its inputs give', () => {
  for (const { description, id, inputs } of LINKS) {
    const lifecycle = LIFECYCLES.find((one) => one.description === description);
    expect(lifecycle?.idOf(inputs)).toBe(id);
  }
});
