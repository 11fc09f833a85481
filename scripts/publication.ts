const REPOSITORY = 'github.com/pulumi-alicloud-media/pulumi-alicloud-media';

/**
 * The names under which this project is published, and the places where it lies. Nothing may be published before
 * all of them are registered: a program that is told a name which somebody else holds runs what they put there.
 */
export const PUBLICATION = {
  publisher: 'pulumi-alicloud-media',
  displayName: 'Alibaba Cloud media links',
  repository: `https://${REPOSITORY}`,
  logo: `https://raw.githubusercontent.com/${REPOSITORY.replace('github.com/', '')}/main/docs/registry/logo.svg`,
  /** Where Pulumi downloads the plugin: the files of the release `v<version>`. */
  pluginDownloadURL: `github://api.${REPOSITORY}`,
  /** The SDK of the plugin for Node.js; the name of the package itself is that of the dynamic resources. */
  npm: 'pulumi-alicloud-media-plugin',
  /** As Python imports it; PyPI takes it with hyphens as well. */
  python: 'pulumi_alicloud_media',
  /** A Go module is the folder of the repository. */
  go: { module: `${REPOSITORY}/sdk/go`, package: 'alicloudmedia' },
  dotnet: 'PulumiAlicloudMedia',
  /** Pulumi's generator makes the package, below the group, of the name of the provider. */
  java: { group: 'io.github.pulumialicloudmedia', package: 'alicloudmedia', artifact: 'alicloud-media' },
} as const;
