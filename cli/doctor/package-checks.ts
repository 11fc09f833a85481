import { version } from '../../provider/alicloud/sending/package-version.js';
import { LIFECYCLES } from '../../provider/hosts/lifecycles.js';
import type { Check } from './check.js';
import { ok, problem, skip, warning } from './finding.js';
import { installedFrom, isFoundFrom } from './installed.js';

const NAME = 'pulumi-alicloud-media';
const INSTALL = `Add it to the dependencies of the program's package.json and install it: npm install ${NAME}`;

const resolvable: Check = {
  name: 'package',
  description: `Does require('${NAME}') find the package from the folder of the program?`,
  run({ program }) {
    if ('missing' in program) return skip('there is no program');
    if (!program.found.usesDynamic)
      return skip('the program does not load it: the provider plugin serves it');
    const { mainFolder } = program.found;
    if (!isFoundFrom(mainFolder, NAME)) return problem("not found from the program's folder", INSTALL);
    const installed = installedFrom(mainFolder, NAME)?.version;
    if (installed === undefined || installed === version()) return ok(installed ?? 'found');
    return warning(
      `${installed}, and this doctor is of ${version()}`,
      `Run that of the program: npx ${NAME} doctor`,
    );
  },
};

/** It looks from its own folder, wherever the program found the class. */
const entries: Check = {
  name: 'dynamic provider',
  description: "Does Pulumi's dynamic-provider process find the entries that serve the resources?",
  run({ program }) {
    if ('missing' in program) return skip('there is no program');
    if (!program.found.usesDynamic) return skip('the program has no dynamic resources of this package');
    const { mainFolder, folder } = program.found;
    const names = LIFECYCLES.map(({ description }) => `${NAME}/${description.entry}`);
    // A program may leave its folder; then the process looks from that of the project.
    const missing = names.filter((name) => !isFoundFrom(mainFolder, name) && !isFoundFrom(folder, name));
    if (missing.length > 0) return problem(`not found: ${missing.join(', ')}`, INSTALL);
    return ok(`finds the ${names.length} entries`);
  },
};

export const packageChecks: readonly Check[] = [resolvable, entries];
