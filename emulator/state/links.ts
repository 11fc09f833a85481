/** One pair: an OSS bucket bound to a dataset. */
export interface Pair {
  readonly project: string;
  readonly dataset: string;
  readonly bucket: string;
}

export function bindingLink(region: string, pair: Pair): string {
  return `${region}/${pair.project}/${pair.dataset}/oss://${pair.bucket}`;
}

/** `cn-shanghai/project/dataset/oss://bucket`; undefined for any other text. */
export function parseBindingLink(link: string): (Pair & { readonly region: string }) | undefined {
  const parts = /^([^/]+)\/([^/]+)\/([^/]+)\/oss:\/\/([^/]+)$/.exec(link);
  if (!parts) return undefined;
  const [, region = '', project = '', dataset = '', bucket = ''] = parts;
  return { region, project, dataset, bucket };
}
