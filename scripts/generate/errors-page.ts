import { classByStatus, ERROR_CODES, errorOf } from '../../provider/alicloud/answers/error-codes.js';
import { proofOf } from '../../provider/alicloud/answers/proof.js';
import { SERVICES, type Service } from '../../provider/alicloud/sending/services.js';
import { table } from './markdown.js';
import { OWN_ERRORS } from './own-errors.js';

const NAMES = Object.keys(ERROR_CODES) as Service[];

/** docs/errors.md: what a person sees, what it means, and what to do, from the tables that the provider itself goes by. */
export function errorsPage(): string {
  return `# Errors

Written by \`npm run generate\` from the provider's own tables; do not edit.

An error names the resource, what happened, the RequestId, and what to do. Look for its code, or for its first words, on this page.

\`\`\`text
cannot delete imm.DatasetBinding cn-shanghai/media/videos/oss://media-originals: IMM DeleteBinding: Forbidden: … (RequestId …). Give the caller …
\`\`\`

After an error you can always run the same command again. The provider looks at what is there before it changes anything, so nothing is made or removed twice.

## Codes of the services

${codes()}

A code that ends in \`*\` stands for all that begin so. _Changed_ says whether a create, an update or a delete that is answered so may have had an effect. Where it may, the provider looks before it decides.

## A code that is not in the table

${table(
  ['HTTP status', 'taken as', 'meaning'],
  [429, 503, 400].map((status) => {
    const { name, cause } = classOf(status);
    return [status === 503 ? '5xx' : status === 400 ? 'any other' : String(status), `\`${name}\``, cause];
  }),
)}

If it stays, quote the RequestId to Alibaba Cloud support.

## Errors of the provider itself

${table(
  ['the error says', 'meaning', 'what to do'],
  OWN_ERRORS.map(({ says, means, cure, example }) => {
    if (example !== undefined && !example.message.includes(says))
      throw new Error(`no ${example.name} says "${says}" any more`);
    return [`… ${says} …`, means, cure];
  }),
)}

An error of the configuration lists every problem at once, and names the key or the variable: [configuration](reference/configuration.md). An error of the
credentials says where they came from. \`npx pulumi-alicloud-media doctor\` checks both, without a change ([the doctor](guides/doctor.md)).
`;
}

const classOf = (status: number) =>
  classByStatus(status) as ReturnType<typeof classByStatus> & { readonly name: string };

interface Line {
  readonly code: string;
  readonly services: string[];
  readonly cause: string;
  readonly changed: string;
  readonly hint: string;
}

/** One line for each code, by its name; services that mean the same by it share the line. */
function codes(): string {
  const lines = new Map<string, Line>();
  for (const service of NAMES)
    for (const { code, as, hint } of ERROR_CODES[service]) {
      const key = [code, as.cause, hint].join('\n');
      const error = errorOf({ service, action: '', code: code.replace('*', ''), text: '' });
      const changed = proofOf(error) === 'not done' ? 'no' : 'perhaps';
      const line = lines.get(key) ?? { code, services: [], cause: as.cause, changed, hint };
      line.services.push(SERVICES[service].title);
      lines.set(key, line);
    }
  const sorted = [...lines.values()].sort((one, other) => (one.code < other.code ? -1 : 1));
  return table(
    ['code', 'of', 'meaning', 'changed', 'what to do'],
    sorted.map(({ code, services, cause, changed, hint }) => [
      `\`${code}\``,
      services.join(', '),
      cause,
      changed,
      hint,
    ]),
  );
}
