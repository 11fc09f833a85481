import type { Properties } from '../../provider/lifecycle/lifecycle.js';
import type { LifecycleWorld } from '../support/lifecycle/lifecycle-world.js';
import type { Link } from '../support/links/links.js';
import { BINDING, BUCKET } from '../support/links/links.js';

/** The links that a stack has by the hundred. */
export const COUNTED: readonly Link[] = [BINDING, BUCKET];
/** As many operations as the engine has under way. */
export const PARALLEL = 16;

export interface OneOfMany {
  readonly id: string;
  readonly outputs: Properties;
}

/** So many links of the kind, made and in a state. */
export function manyLinks({ emulator, clock }: LifecycleWorld, link: Link, count: number): OneOfMany[] {
  const createTime = new Date(clock.now()).toISOString();
  return Array.from({ length: count }, (_, index) => {
    const bucket = `ours-${index}`;
    const common = { region: 'cn-shanghai', accountId: '1000000000000001' };
    if (link !== BINDING) {
      emulator.bindOutputBucket(bucket);
      return { id: `cn-shanghai/${bucket}`, outputs: { ...common, bucket, boundAt: createTime } };
    }
    const uri = `oss://${bucket}`;
    // A dataset takes ten.
    const datasetName = `videos-${Math.floor(index / 10)}`;
    if (index % 10 === 0) emulator.createDataset('media', datasetName);
    const id = `cn-shanghai/media/${datasetName}/${uri}`;
    emulator.createBinding(id);
    const names = { projectName: 'media', datasetName, uri };
    return { id, outputs: { ...common, ...names, createTime, status: 'Active' } };
  });
}

/** Deletes them as the engine does, some at a time; gives those that failed, each with its error. */
export async function deleteAll(
  world: LifecycleWorld,
  link: Link,
  links: readonly OneOfMany[],
): Promise<(OneOfMany & { readonly error: Error })[]> {
  const waiting = [...links];
  const failed: (OneOfMany & { readonly error: Error })[] = [];
  await Promise.all(
    Array.from({ length: PARALLEL }, async () => {
      for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
        const { id, outputs } = one;
        await link
          .steps(world)
          .delete(id, outputs)
          .catch((error: Error) => failed.push({ id, outputs, error }));
      }
    }),
  );
  return failed;
}
