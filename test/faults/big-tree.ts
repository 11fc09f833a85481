import type { Properties } from '../../provider/lifecycle/lifecycle.js';
import type { LifecycleWorld } from '../lifecycle-world.js';

/** One resource of a state. */
interface Node {
  readonly title: string;
  readonly id: string;
  readonly outputs: Properties;
  /** The ids of those that the engine deletes before it. */
  readonly after: readonly string[];
}

export interface FailedDelete {
  readonly id: string;
  readonly error: Error;
}

const COUNTS = { projects: 3, datasets: 30, bindings: 100, attachments: 5, buckets: 10 };
/** As many operations as the engine has under way. */
const PARALLEL = 16;

/** 3 projects, 30 datasets, 100 bindings, 5 attachments, 10 input and 10 output buckets, made a while ago. */
export function bigTree({ emulator, clock }: LifecycleWorld): Node[] {
  const nodes: Node[] = [];
  const add = (title: string, id: string, names: Properties, after: readonly string[] = []) => {
    const common = { region: 'cn-shanghai', accountId: '1000000000000001' };
    const createTime = new Date(clock.now()).toISOString();
    const dated = title.startsWith('imm.') ? { createTime } : { boundAt: createTime };
    nodes.push({ title, id, outputs: { ...common, ...names, ...dated }, after });
    return id;
  };
  const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);
  /** The ids of those that are numbered so that they fall to the n-th of so many. */
  const nth = (count: number, all: readonly string[], index: number) =>
    all.filter((_, number) => number % count === index);

  const projects = upTo(COUNTS.projects).map((index) => `library-${index}`);
  const datasets = upTo(COUNTS.datasets).map((index) => ({
    projectName: projects[index % COUNTS.projects] ?? '',
    datasetName: `videos-${index}`,
  }));
  for (const name of projects) emulator.createProject(name);
  for (const { projectName, datasetName } of datasets) emulator.createDataset(projectName, datasetName);

  const bindings = upTo(COUNTS.bindings).map((index) => {
    const dataset = datasets[index % COUNTS.datasets] ?? { projectName: '', datasetName: '' };
    const uri = `oss://originals-${index}`;
    const id = `cn-shanghai/${dataset.projectName}/${dataset.datasetName}/${uri}`;
    emulator.createBinding(id);
    return add('imm.DatasetBinding', id, { ...dataset, uri, status: 'Active' });
  });
  const attachments = upTo(COUNTS.attachments).map((index) => {
    const projectName = projects[index % COUNTS.projects] ?? '';
    const bucket = `thumbnails-${index}`;
    emulator.attachBucket(projectName, bucket);
    const id = `cn-shanghai/${projectName}/oss://${bucket}`;
    return add('imm.BucketAttachment', id, { projectName, bucket });
  });
  for (const index of upTo(COUNTS.buckets)) {
    const bucket = `media-${index}`;
    emulator.bindInputBucket(bucket);
    emulator.bindOutputBucket(bucket);
    add('mps.InputBucket', `cn-shanghai/input:${bucket}`, { bucket });
    add('mps.OutputBucket', `cn-shanghai/${bucket}`, { bucket });
  }
  const ofDatasets = datasets.map(({ projectName, datasetName }, index) =>
    add(
      'imm.Dataset',
      `cn-shanghai/${projectName}/${datasetName}`,
      { projectName, datasetName },
      nth(COUNTS.datasets, bindings, index),
    ),
  );
  for (const [index, projectName] of projects.entries()) {
    const below = [ofDatasets, attachments].flatMap((all) => nth(COUNTS.projects, all, index));
    add('imm.Project', `cn-shanghai/${projectName}`, { projectName }, below);
  }
  clock.advance(61_000);
  return nodes;
}

/** Deletes as the engine does: some at a time, each after those that hang on it, and not where one of those failed. */
export async function destroyTree(
  world: LifecycleWorld,
  tree: readonly Node[],
): Promise<{ readonly failed: readonly FailedDelete[]; readonly left: readonly Node[] }> {
  const waiting = new Set(tree);
  const isLeft = new Set(tree.map(({ id }) => id));
  const failed: FailedDelete[] = [];
  let underWay = 0;
  await new Promise<void>((resolve) => {
    const next = () => {
      for (const node of waiting) {
        if (underWay === PARALLEL) return;
        if (node.after.some((id) => isLeft.has(id))) continue;
        waiting.delete(node);
        underWay += 1;
        void deleted(node).finally(() => {
          underWay -= 1;
          next();
        });
      }
      if (underWay === 0) resolve();
    };
    const deleted = ({ title, id, outputs }: Node) =>
      world.served
        .of(title)
        .delete(id, outputs)
        .then(
          () => void isLeft.delete(id),
          (error: Error) => void failed.push({ id, error }),
        );
    next();
  });
  return { failed, left: tree.filter(({ id }) => isLeft.has(id)) };
}
