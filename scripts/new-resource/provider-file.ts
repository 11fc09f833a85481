import { pascal } from '../generate/words.js';
import { callsOf, descriptionText, type Kind, ownName, placeOf } from './description-text.js';
import { MARK } from './mark.js';
import type { Name } from './name.js';

/** The file of a resource, before the formatter: imports, description with its RAM actions, lifecycle. */
export function providerFile(name: Name, kind: Kind): string {
  const isLink = kind === 'link';
  const listing = listingOf(name, kind);
  const shared = ['accountIdOf', 'adoptOf', ...(isLink ? ['BUCKET'] : []), 'REGION'];
  const imports = [
    ...(isLink ? ["import { NotFoundError } from '../alicloud/answers/errors.js';"] : []),
    ...(isLink ? ["import { another } from '../lifecycle/another.js';"] : []),
    `import { ${isLink ? 'defineLink' : 'defineObject'} } from '../lifecycle/define-${kind}.js';`,
    "import type { ResourceDescription } from '../lifecycle/description.js';",
    ...(isLink ? ["import { idOf } from '../lifecycle/ids.js';"] : []),
    "import type { Lifecycle } from '../lifecycle/lifecycle.js';",
    `import { ${shared.join(', ')} } from '../lifecycle/shared-properties.js';`,
    ...(isLink ? ["import { timeIn } from '../lifecycle/standing.js';"] : []),
    ...valuesUsed(name, kind),
    ...(name.module === 'imm' ? ["import { PROJECT, PROJECT_ARN, PROJECT_NAME } from './names.js';"] : []),
    ...(name.module === 'imm' ? ["import { pages } from './pages.js';"] : []),
  ];
  const lifecycle = isLink ? linkText(name, listing) : objectText(name, listing);
  return `${imports.join('\n')}\n\n${descriptionText(name, kind)}\n\n${lifecycle}`;
}

function valuesUsed({ module }: Name, kind: Kind): readonly string[] {
  const used = [
    ...(kind === 'link' ? ['type Row'] : []),
    ...(module === 'mps' ? ['record'] : []),
    ...(kind === 'link' ? ['rowIn'] : []),
  ];
  return used.length === 0 ? [] : [`import { ${used.join(', ')} } from '../lifecycle/values.js';`];
}

/** The statements that leave all of what it hangs on in `rows`. */
function listingOf(name: Name, kind: Kind): string {
  const action = callsOf(name, kind).reads[1];
  const field = `${name.type}s`;
  if (name.module === 'imm')
    return `// ${MARK}: the field of the listing, and the most rows of a page.
    const rows = await pages(operation, { region: String(region), action: '${action}', field: '${field}', params: { ProjectName: String(projectName), MaxResults: 100 } });`;
  return `// ${MARK}: the field of the listing, and its pages.
    const request = { service: '${placeOf(name).service}', region: String(region), action: '${action}', params: {} } as const;
    const { body } = await operation.request({ ...request, answers: ({ ${field}: rows }) => Array.isArray(rows) });
    const rows = (body.${field} as unknown[]).map(record).filter((row) => row !== undefined);`;
}

function linkText(name: Name, listing: string): string {
  const { camel, type } = name;
  const { arg, wire } = ownName(name, 'link');
  const names = [...Object.keys(placeOf(name).names), arg];
  const params = names.map((each) => `${each === arg ? wire : pascal(each)}: ${each}`);
  const within = ['region', ...Object.keys(placeOf(name).names)].join(', ');
  return `export const ${camel}: Lifecycle = defineLink<typeof description, Row>(description, {
  link: (operation, inputs) => {
    const { region, ${names.join(', ')} } = inputs;
    // ${MARK}: the parameters of each action.
    const asked = { service: description.service, region, params: { ${params.join(', ')} } };
    const changes = idOf(description, inputs);
    return {
      // ${MARK}: false where the service does not tell when one was made.
      hasIdentity: true,
      // ${MARK}: true where reads show one for a while after its removal was acknowledged.
      showsItsEnd: false,
      async look() {
        // ${MARK}: the field of the answer that holds it.
        const shown = (body: Row) => rowIn(body, '${type}', asked.params);
        const answers = (body: Row) => shown(body) !== undefined;
        try {
          const { body } = await operation.request({ ...asked, action: description.calls.reads[0], answers });
          return { is: 'present', found: shown(body) as Row };
        } catch (error) {
          // ${MARK}: what else may be what is not found: what it hangs on, missing, proves nothing.
          if (!(error instanceof NotFoundError)) throw error;
          return { is: 'absent' };
        }
      },
      async make(sending) {
        await operation.send({ ...asked, action: description.calls.make, changes }, sending);
        return undefined;
      },
      remove: (sending) => operation.send({ ...asked, action: description.calls.remove, changes }, sending),
      madeAt: ({ CreateTime }) => timeIn(CreateTime),
      show: () => 'still there',
    };
  },

  observed: ({ CreateTime }, { createTime = CreateTime }) => ({ createTime }),

  async list(operation, { ${within} }) {
    ${listing}
    return { rows: rows.map((row) => [{ ${within}, ${arg}: row.${wire} }, row]), isComplete: ${name.module === 'imm'} };
  },

  another: ({ CreateTime }, outputs) => another(outputs, \`one of the same name was created \${CreateTime}\`),
});
`;
}

function objectText(name: Name, listing: string): string {
  const within = ['region', ...Object.keys(placeOf(name).names)].join(', ');
  return `export const ${name.camel}: Lifecycle = defineObject(description, {
  get: '${callsOf(name, 'object').reads[0]}',
  // ${MARK}: the field of the answers that holds it.
  field: '${name.type}',
  async list(operation, { ${within} }) {
    ${listing}
    return rows;
  },
  // ${MARK}: what keeps the service from deleting it, and what else its not-found may mean (\`missing\`).
  holds: () => Promise.resolve({ held: [], unseen: [] }),
});
`;
}
