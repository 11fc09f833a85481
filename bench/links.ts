import { type Emulator, type EmulatorOptions, startEmulator } from '../emulator/index.js';
import { TEST_KEY } from '../emulator/test-key.js';

export const REGION = 'cn-shanghai';

/** What a dataset takes, and the datasets that one project gets here. */
const BINDINGS_A_DATASET = 10;
const DATASETS_A_PROJECT = 5;

export type LinkKind = 'buckets' | 'bindings';

/** Without latency, with the documented limits, and a listing that can be walked to its end. */
export function startBenchEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  return startEmulator({
    port: 0,
    keys: [TEST_KEY],
    runningAfter: 0,
    ...options,
    switches: { listingEndsAt100: false, bucketInSeveralDatasets: 'allowed', ...options.switches },
  });
}

/** A program that declares output buckets. */
export function outputBuckets(count: number, prefix = 'bench'): string {
  return `for (let i = 0; i < ${count}; i++) {
  new mps.OutputBucket(\`link-\${i}\`, { bucket: \`${prefix}-bucket-\${i}\`, region: '${REGION}' });
}
`;
}

/** The same links in YAML, without the head of Pulumi.yaml. */
export function outputBucketsInYaml(count: number, prefix = 'bench'): string {
  return yamlOf('mps:OutputBucket', count, (i) => ({ bucket: `${prefix}-bucket-${i}`, region: REGION }));
}

function yamlOf(type: string, count: number, properties: (index: number) => object): string {
  const resources = Array.from({ length: count }, (_, i) => [
    `link-${i}`,
    { type: `alicloud-media:${type}`, properties: properties(i) },
  ]);
  // JSON is YAML.
  return `resources: ${JSON.stringify(Object.fromEntries(resources))}\n`;
}

/** A program that declares bindings, ten in each dataset and several datasets in each project. */
export function bindings(count: number): string {
  return `for (let i = 0; i < ${count}; i++) {
  const dataset = Math.floor(i / ${BINDINGS_A_DATASET});
  new imm.DatasetBinding(\`link-\${i}\`, {
    projectName: \`project-\${Math.floor(dataset / ${DATASETS_A_PROJECT})}\`,
    datasetName: \`dataset-\${dataset}\`,
    uri: \`oss://bench-bucket-\${i}\`,
    region: '${REGION}',
  });
}
`;
}

/** The same links in YAML, without the head of Pulumi.yaml. */
export function bindingsInYaml(count: number): string {
  return yamlOf('imm:DatasetBinding', count, (i) => {
    const dataset = Math.floor(i / BINDINGS_A_DATASET);
    return {
      projectName: `project-${Math.floor(dataset / DATASETS_A_PROJECT)}`,
      datasetName: `dataset-${dataset}`,
      uri: `oss://bench-bucket-${i}`,
      region: REGION,
    };
  });
}

/** Makes what so many bindings hang on. */
export function makeParents(emulator: Emulator, count: number): void {
  for (let dataset = 0; dataset * BINDINGS_A_DATASET < count; dataset++) {
    const project = `project-${Math.floor(dataset / DATASETS_A_PROJECT)}`;
    if (dataset % DATASETS_A_PROJECT === 0) emulator.createProject(project, { region: REGION });
    emulator.createDataset(project, `dataset-${dataset}`, { region: REGION });
  }
}

export function linksIn(emulator: Emulator): number {
  return emulator.bindings().length + emulator.mediaBuckets().length;
}
