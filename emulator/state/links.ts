/** One pair: an OSS bucket bound to a dataset. */
export interface Pair {
  readonly project: string;
  readonly dataset: string;
  readonly bucket: string;
}

export function bindingLink(region: string, pair: Pair): string {
  return `${region}/${pair.project}/${pair.dataset}/oss://${pair.bucket}`;
}

export function projectLink(region: string, project: string): string {
  return `${region}/${project}`;
}

export function datasetLink(region: string, of: { readonly project: string; readonly name: string }): string {
  return `${region}/${of.project}/${of.name}`;
}

export function attachmentLink(
  region: string,
  { project, bucket }: { readonly project: string; readonly bucket: string },
): string {
  return `${region}/${project}/oss://${bucket}`;
}

export function inputBucketLink(region: string, bucket: string): string {
  return `${region}/input:${bucket}`;
}

/** `cn-shanghai/project/dataset/oss://bucket`; undefined for any other text. */
export function parseBindingLink(link: string): (Pair & { readonly region: string }) | undefined {
  const parts = /^([^/]+)\/([^/]+)\/([^/]+)\/oss:\/\/([^/]+)$/.exec(link);
  if (!parts) return undefined;
  const [, region = '', project = '', dataset = '', bucket = ''] = parts;
  return { region, project, dataset, bucket };
}
