import type { Emulator } from '../../../emulator/index.js';
import type { Properties } from '../../../provider/lifecycle/lifecycle.js';

/** One link by its names, and the ways to it that are not ours. */
export interface OneLink {
  /** `imm.DatasetBinding`. */
  readonly title: string;
  /** The id of the resource, and the link of the emulator. */
  readonly id: string;
  readonly inputs: Properties;
  make(emulator: Emulator): void;
  remove(emulator: Emulator): void;
}

export interface Names {
  readonly projectName: string;
  readonly datasetName: string;
}

const REGION = 'cn-shanghai';

export function binding({ projectName, datasetName }: Names, bucket: string): OneLink {
  const uri = `oss://${bucket}`;
  const id = `${REGION}/${projectName}/${datasetName}/${uri}`;
  return {
    title: 'imm.DatasetBinding',
    id,
    inputs: { projectName, datasetName, uri, region: REGION },
    make: (emulator) => emulator.createBinding(id),
    remove: (emulator) => emulator.deleteBinding(id),
  };
}

export function outputBucket(bucket: string): OneLink {
  return {
    title: 'mps.OutputBucket',
    id: `${REGION}/${bucket}`,
    inputs: { bucket, region: REGION },
    make: (emulator) => emulator.bindOutputBucket(bucket),
    remove: (emulator) => emulator.unbindOutputBucket(bucket),
  };
}

export function inputBucket(bucket: string): OneLink {
  return {
    title: 'mps.InputBucket',
    id: `${REGION}/input:${bucket}`,
    inputs: { bucket, region: REGION },
    make: (emulator) => emulator.bindInputBucket(bucket),
    remove: (emulator) => emulator.unbindInputBucket(bucket),
  };
}

export function project(projectName: string): OneLink {
  return {
    title: 'imm.Project',
    id: `${REGION}/${projectName}`,
    inputs: { projectName, region: REGION },
    make: (emulator) => emulator.createProject(projectName),
    remove: (emulator) => emulator.deleteProject(projectName),
  };
}

export function dataset({ projectName, datasetName }: Names): OneLink {
  return {
    title: 'imm.Dataset',
    id: `${REGION}/${projectName}/${datasetName}`,
    inputs: { projectName, datasetName, region: REGION },
    make: (emulator) => emulator.createDataset(projectName, datasetName),
    remove: (emulator) => emulator.deleteDataset(projectName, datasetName),
  };
}

export function attachment(projectName: string, bucket: string): OneLink {
  return {
    title: 'imm.BucketAttachment',
    id: `${REGION}/${projectName}/oss://${bucket}`,
    inputs: { projectName, bucket, region: REGION },
    make: (emulator) => emulator.attachBucket(projectName, bucket),
    remove: (emulator) => emulator.detachBucket(bucket),
  };
}
