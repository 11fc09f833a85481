import { regionProblem } from '../../provider/alicloud/sending/endpoint.js';
import type { Check } from './check.js';
import { ok, problem, skip, warning } from './finding.js';

export const regionCheck: Check = {
  name: 'region',
  description: 'Is a region set, where, and do IMM and MPS serve it?',
  run({ asked, services }) {
    const { configuration } = services;
    if (configuration instanceof Error) return skip('the configuration is not usable');
    const { region } = configuration;
    if (region === undefined)
      return problem(
        'no region is set',
        'Set one: pulumi config set alicloud:region cn-shanghai, or the variable ALICLOUD_REGION; or name it here with --region.',
      );
    const said = `${region.value}, from ${asked.region === undefined ? region.source : '--region'}`;
    const problems = (['imm', 'mts'] as const).flatMap(
      (service) => regionProblem(service, region.value, configuration) ?? [],
    );
    if (problems.length === 2) return problem(said, ...problems);
    // A program may need one of the two alone.
    if (problems.length === 1) return warning(`${said}: not served by both`, ...problems);
    return ok(`${said}; IMM and MPS serve it`);
  },
};
