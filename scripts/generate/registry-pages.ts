import { KEYS, type KeyDescription } from '../../provider/alicloud/configuration/keys.js';
import { inNamespace } from '../../provider/hosts/plugin/namespace.js';
import { PUBLICATION } from '../publication.js';
import { table } from './markdown.js';
import { overviewPrograms } from './overview-program.js';

interface Manifest {
  readonly version: string;
  readonly description: string;
}

const { displayName, repository, npm, python, go, java, pluginDownloadURL } = PUBLICATION;
const PAGES = `${repository}/blob/main/docs`;

/** The first page of the package in Pulumi's registry. */
export function overviewPageOf({ description }: Manifest): string {
  const programs = overviewPrograms();
  const choices = Object.entries(programs).map(
    ([language, text]) =>
      `{{% choosable language ${language} %}}\n\n\`\`\`${language}\n${text}\n\`\`\`\n\n{{% /choosable %}}`,
  );
  return `${head(displayName, description, 'package')}
${description}

The links have no other provider; buckets, RAM roles and the like come from the package \`alicloud\`.

## Example

{{< chooser language "${Object.keys(programs).join(',')}" >}}

${choices.join('\n\n')}

{{< /chooser >}}

What each resource does at a change, an import and a deletion: [the pages of the resources](${PAGES}/reference).
`;
}

/** The page that tells how the package is installed and configured. */
export function installationPageOf({ version }: Manifest): string {
  const keys: readonly (readonly [string, KeyDescription])[] = Object.entries(KEYS);
  const rows = keys.map(([name, { environment = [], description, default: standard }]) => [
    `\`alicloud-media:${name}\``,
    environment.map((variable) => `\`${variable}\``).join(', '),
    description,
    standard ?? '',
  ]);
  const page = `${head(`${displayName}: Installation & Configuration`, `How to install and configure the Pulumi package ${displayName}.`, 'package')}
## Installation

The package has an SDK for each of these languages:

- JavaScript and TypeScript: [\`${npm}\`](https://www.npmjs.com/package/${npm})
- Python: [\`${python}\`](https://pypi.org/project/${python.replaceAll('_', '-')}/)
- Go: [\`${go.module}\`](https://pkg.go.dev/${go.module})
- Java: [\`${java.group}:${java.artifact}\`](https://central.sonatype.com/artifact/${java.group}/${java.artifact})

A program in YAML needs none. The provider plugin needs Node.js 20.19 or newer where Pulumi runs, whatever the language
of the program.

### Plugin

Pulumi downloads the plugin when a program first needs it. To have it beforehand:

\`\`\`sh
pulumi plugin install resource alicloud-media ${version} --server ${pluginDownloadURL}
\`\`\`

## Configuration

With the configuration of the stack:

\`\`\`sh
pulumi config set alicloud-media:region cn-shanghai
pulumi config set --secret alicloud-media:accessKey
pulumi config set --secret alicloud-media:secretKey
\`\`\`

Or with the environment:

\`\`\`sh
export ALICLOUD_REGION=cn-shanghai
export ALICLOUD_ACCESS_KEY=<your access key>
export ALICLOUD_SECRET_KEY=<your secret key>
\`\`\`

The configuration wins over the environment. [Every field of the objects](${PAGES}/reference/configuration.md).

${table(['configuration', 'environment, in order', 'meaning', 'default'], rows)}
`;
  return inNamespace(page);
}

function head(title: string, description: string, layout: string): string {
  return `---\ntitle: ${JSON.stringify(title)}\nmeta_desc: ${JSON.stringify(description)}\nlayout: ${layout}\n---\n`;
}
