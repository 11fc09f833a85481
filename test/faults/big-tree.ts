import type { Properties } from '../../provider/lifecycle/lifecycle.js';
import type { LifecycleWorld } from '../support/lifecycle/lifecycle-world.js';
import {
  attachment,
  binding,
  dataset,
  inputBucket,
  type OneLink,
  outputBucket,
  project,
} from '../support/links/one-link.js';
import { PARALLEL } from './many-links.js';

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

/** 3 projects, 30 datasets, 100 bindings, 5 attachments, 10 input and 10 output buckets, made a while ago. */
export function bigTree({ emulator, clock }: LifecycleWorld): Node[] {
  const createTime = new Date(clock.now()).toISOString();
  const made = (link: OneLink): OneLink => {
    link.make(emulator);
    return link;
  };
  const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);
  const projectOf = (index: number) => `library-${index % COUNTS.projects}`;
  const namesOf = (index: number) => {
    const number = index % COUNTS.datasets;
    return { projectName: projectOf(number), datasetName: `videos-${number}` };
  };
  const projects = upTo(COUNTS.projects).map((index) => made(project(projectOf(index))));
  const datasets = upTo(COUNTS.datasets).map((index) => made(dataset(namesOf(index))));
  const leaves = [
    ...upTo(COUNTS.bindings).map((index) => made(binding(namesOf(index), `originals-${index}`))),
    ...upTo(COUNTS.attachments).map((index) => made(attachment(projectOf(index), `thumbnails-${index}`))),
    ...upTo(COUNTS.buckets).flatMap((index) => [
      made(inputBucket(`media-${index}`)),
      made(outputBucket(`media-${index}`)),
    ]),
  ];
  clock.advance(61_000);
  const all = [...leaves, ...datasets, ...projects];
  return all.map(({ title, id, inputs }) => ({
    title,
    id,
    outputs: {
      ...inputs,
      accountId: '1000000000000001',
      ...(title.startsWith('imm.') ? { createTime } : { boundAt: createTime }),
      ...(title === 'imm.DatasetBinding' && { status: 'Active' }),
    },
    after: all.flatMap((other) => (other.id.startsWith(`${id}/`) ? [other.id] : [])),
  }));
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
