import { basename } from 'node:path';
import type { Check } from './check.js';
import { ok, skip } from './finding.js';
import { fileName } from './stack.js';

const program: Check = {
  name: 'program',
  description: 'Is there a Pulumi.yaml, and can it be read?',
  run({ program }) {
    if ('missing' in program) return program.missing;
    const { file, name, runtime, usesPlugin, usesDynamic } = program.found;
    const hosts = [usesDynamic ? 'dynamic resources' : [], usesPlugin ? 'the provider plugin' : []].flat();
    return ok(`${basename(file)} of ${name}, runtime ${runtime}: ${hosts.join(' and ')}`);
  },
};

const stack: Check = {
  name: 'stack',
  description: 'Which stack counts, and can its Pulumi.<stack>.yaml be read?',
  run({ program, stack, settings }) {
    if ('missing' in program) return skip('there is no program');
    if ('missing' in stack) return stack.missing;
    const { name, how, usesEsc } = stack.found;
    const encrypted = settings.filter(({ isEncrypted }) => isEncrypted).map(({ key }) => key);
    return ok(
      [
        `${name} (${how})`,
        fileName(stack.found) ?? `it has no Pulumi.${name}.yaml`,
        encrypted.length > 0 ? `encrypted and not read: ${encrypted.join(', ')}` : [],
        usesEsc ? 'its `environment` of Pulumi ESC is not read' : [],
      ]
        .flat()
        .join('; '),
    );
  },
};

export const programChecks: readonly Check[] = [program, stack];
