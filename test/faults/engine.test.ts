import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adoptLines, type Host } from '../support/cli/stack.js';
import { IS_WIDE } from '../support/extent.js';
import { leaksIn } from './leaks.js';
import { binding, bucket, FOREIGN, LINKS, type StruckLink } from './struck-links.js';
import { StruckStack } from './struck-stack.js';

/** All at once, so that those that wait cost the others nothing. */
const PARALLEL = '--parallel=60';

const idsOf = (links: readonly StruckLink[]) => links.map(({ id }) => id).sort();

describe.each<Host>(IS_WIDE ? ['dynamic', 'plugin'] : ['plugin'])('on the %s host', (host) => {
  let site: StruckStack;
  beforeAll(async () => {
    site = await StruckStack.make(host);
  });
  afterAll(() => site?.remove());

  it('one up, one refresh and one destroy overcome every kind of fault, each on a link of its own', async () => {
    site.declare(LINKS);
    for (const link of LINKS) {
      site.strike(link, link.makes, 2);
      site.strikeLooks(link, 1);
    }
    site.strikeShared('GetCallerIdentity', ['effect-then-html-502', 'reset-before-effect']);
    site.strikeShared('ListAllMediaBucket', ['throttled', 'html-502']);
    await site.stack.up(PARALLEL);
    site.expectAllStruck();
    expect(site.inCloud).toEqual(idsOf(LINKS));
    expect(await site.inState()).toEqual(idsOf(LINKS));
    await site.stack.succeed('preview', '--expect-no-changes');

    for (const link of LINKS) site.strikeLooks(link, 2);
    site.strikeShared('GetCallerIdentity', ['throttled', 'effect-then-reply-lost']);
    site.strikeShared('ListAllMediaBucket', ['effect-then-cut-short', 'hang', 'unavailable-503']);
    await site.stack.refresh(PARALLEL);
    site.expectAllStruck();
    expect(await site.inState()).toEqual(idsOf(LINKS));
    await site.stack.succeed('preview', '--expect-no-changes');

    // With a listing of the project nobody would look at a dataset; contract/project-listing.test.ts strikes that one.
    site.emulator.set({ listBindingsOfProject: 'InvalidArgument' });
    for (const link of LINKS) {
      site.strike(link, link.removes, 2);
      site.strikeLooks(link, 1);
    }
    site.strikeShared('GetCallerIdentity', ['unavailable-503', 'empty-body']);
    await site.stack.destroy(PARALLEL);
    site.expectAllStruck();
    expect(site.inCloud).toEqual([]);
    expect(await site.inState()).toEqual([]);
    expect(site.emulator.journal().filter(({ link }) => FOREIGN.includes(link))).toEqual([]);
    expect(leaksIn({ printed: site.stack.printed, journal: site.emulator.journal() })).toEqual([]);
  });

  it.runIf(IS_WIDE)(
    'what ends an operation ends it with one clear error for each link, and the next run succeeds',
    async () => {
      const ended = [
        binding('denied'),
        binding('clock-skew'),
        binding('binding-failed'),
        bucket('effect-twice'),
      ];
      site.declare(ended);
      for (const link of ended) site.strike(link, link.makes, 1);
      const { code, text } = await site.stack.run(['up', '--yes', '--skip-preview', '--continue-on-error']);
      expect(code).not.toBe(0);
      site.expectAllStruck();
      const [told = ''] = text.split('Diagnostics:').slice(1);
      const errors = [...told.matchAll(/(?:error: |\* )cannot create \S+ (\S+): (.*)/g)].map(
        ([, id, why]) => `${id}: ${why}`,
      );
      expect(errors.sort(), text).toEqual([
        expect.stringMatching(
          /^cn-shanghai\/media\/b-binding-failed\/.*State Failed.*the next `pulumi up` replaces it/,
        ),
        expect.stringMatching(
          /^cn-shanghai\/media\/b-clock-skew\/.*InvalidTimeStamp\.Expired.*Set the clock of this machine/,
        ),
        expect.stringMatching(
          /^cn-shanghai\/media\/b-denied\/.*AccessDenied.*Give the caller the RAM actions/,
        ),
        expect.stringMatching(
          /^cn-shanghai\/o-effect-twice: it exists already, and nothing says that this resource may have it/,
        ),
      ]);
      expect(adoptLines(text)).toEqual(['cn-shanghai/o-effect-twice']);

      const next = await site.stack.run(['up', '--yes', '--skip-preview'], {
        ALICLOUD_MEDIA_ADOPT: adoptLines(text).join(','),
      });
      expect(next.code, next.text).toBe(0);
      expect(site.inCloud).toEqual(idsOf(ended));
      await site.stack.destroy();
      expect(site.inCloud).toEqual([]);
    },
  );

  // What the lifecycle cannot find out is the same on both hosts: one of them shows the recipes.
  it.runIf(IS_WIDE && host === 'dynamic')(
    'where the listing of media buckets is cut off, a lost reply is not overcome: docs/reference/reliability.md has the recipes',
    async () => {
      for (let number = 0; number < 100; number++) site.emulator.bindInputBucket(`earlier-${number}`);
      const unseen = bucket('effect-then-reply-lost', 'unseen');
      site.declare([unseen]);
      // Nobody could tell whether somebody has it already, so nothing is sent before a person says that it may be taken.
      const refused = await site.stack.fail(['up', '--yes', '--skip-preview']);
      expect(adoptLines(refused)).toEqual([unseen.id]);
      expect(site.emulator.mediaBuckets().map(({ link }) => link)).not.toContain(unseen.id);
      site.strike(unseen, unseen.makes, 1);
      const taken = await site.stack.run(['up', '--yes', '--skip-preview'], {
        ALICLOUD_MEDIA_ADOPT: unseen.id,
      });
      expect(taken.code, taken.text).toBe(0);

      expect(await site.stack.refresh()).toContain(
        `${unseen.id}: not in the listing, which may be cut off, so it is kept`,
      );
      expect(await site.inState()).toEqual([unseen.id]);

      site.strike(unseen, unseen.removes, 1);
      const destroyed = await site.stack.fail(['destroy', '--yes', '--skip-preview']);
      expect(destroyed).toContain('Bucket.NotBind');
      site.expectAllStruck();
      expect(site.emulator.mediaBuckets().map(({ link }) => link)).not.toContain(unseen.id);
      // It is gone, and nothing proves it: so it stays in the state, until a person who has looked takes it out.
      expect(await site.inState()).toEqual([unseen.id]);
      await site.stack.fail(['destroy', '--yes', '--skip-preview']);
      const [{ urn = '' } = {}] = await site.stack.links();
      await site.stack.succeed('state', 'delete', urn, '--yes');
      await site.stack.destroy();
    },
  );
});
