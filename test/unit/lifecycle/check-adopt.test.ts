import { describe, expect, it } from 'vitest';
import { readConfiguration } from '../../../provider/alicloud/configuration/configuration.js';
import { regionProblem } from '../../../provider/alicloud/sending/endpoint.js';
import { LIFECYCLES } from '../../../provider/hosts/lifecycles.js';
import type { ArgDescription } from '../../../provider/lifecycle/description.js';
import { adoptedBy } from '../../../provider/lifecycle/ids.js';
import type { CheckContext } from '../../../provider/lifecycle/lifecycle.js';
import { UNKNOWN } from '../../../provider/lifecycle/unknown.js';
import { exampleInputs } from '../../support/links/example-inputs.js';

function contextOf(region: string): CheckContext {
  const configuration = readConfiguration((key) => ({ 'alicloud:region': region })[key], {});
  return {
    region,
    adoptable: new Set(),
    regionProblem: (service, of) => regionProblem(service, of, configuration),
  };
}

const CONTEXT = contextOf('cn-shanghai');

describe.each(LIFECYCLES)(
  'adopt of $description.type holds for the link that it was said of',
  (lifecycle) => {
    const olds = { ...exampleInputs(lifecycle), region: 'cn-shanghai', adopt: true };
    const id = lifecycle.idOf(olds);
    const args: Readonly<Record<string, ArgDescription>> = lifecycle.description.args;
    const replacing = Object.entries(args).filter(([name]) =>
      lifecycle.description.idFormat.includes(`{${name}}`),
    );
    const others: Readonly<Record<string, string>> = { uri: 'oss://nobodys', region: 'cn-beijing' };

    it.each(replacing.map(([name]) => name))('another %s is refused before anything is sent', (name) => {
      const news = { ...olds, [name]: others[name] ?? 'nobodys' };
      const other = lifecycle.idOf(news);
      expect(lifecycle.check(news, CONTEXT, olds).failures).toEqual([
        {
          property: 'adopt',
          reason:
            `adopt: true was said of ${id}, and this names ${other}. Take adopt out, so that somebody else's is ` +
            `not taken over; to take over this one, too, run once with ALICLOUD_MEDIA_ADOPT='${adoptedBy(lifecycle.description, other)}'.`,
        },
      ]);
      // The run may be told to; and without adopt nothing is taken over.
      expect(
        lifecycle.check(
          news,
          { ...CONTEXT, adoptable: new Set([adoptedBy(lifecycle.description, other)]) },
          olds,
        ).failures,
      ).toEqual([]);
      expect(lifecycle.check({ ...news, adopt: undefined }, CONTEXT, olds).failures).toEqual([]);
    });

    it('nothing is said of a new one, the same one, or one that is not known yet; a region of the configuration counts', () => {
      const { region: _, ...without } = olds;
      expect(lifecycle.check(olds, CONTEXT).failures).toEqual([]);
      expect(lifecycle.check(without, CONTEXT, olds).failures).toEqual([]);
      for (const [name] of replacing)
        expect(lifecycle.check({ ...olds, [name]: UNKNOWN }, CONTEXT, olds).failures).toEqual([]);
      const beijing = contextOf('cn-beijing');
      expect(lifecycle.check(without, beijing, olds).failures.map(({ property }) => property)).toEqual([
        'adopt',
      ]);
    });
  },
);
