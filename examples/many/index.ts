import * as pulumi from '@pulumi/pulumi';
import { imm } from 'pulumi-alicloud-media';

interface Library {
  readonly dataset: string;
  readonly buckets: readonly string[];
}

const library = new imm.Project('library', { projectName: 'media-library' });

// Names come from what is named, not from the place in the list: whoever leaves it takes nothing else along.
for (const { dataset, buckets } of new pulumi.Config().requireObject<readonly Library[]>('libraries')) {
  const files = new imm.Dataset(dataset, { project: library, datasetName: dataset });
  for (const bucket of buckets)
    new imm.DatasetBinding(`${dataset}/${bucket}`, { dataset: files, uri: `oss://${bucket}` });
}
