import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PLUGINS, Stack, type StackOptions } from '../support/cli/stack.js';

const ROOT = resolve(__dirname, '../..');

/** A stack whose program is in YAML, and whose links the provider plugin serves. */
export class YamlStack {
  private constructor(readonly stack: Stack) {}

  static async make(options: Omit<StackOptions, 'program' | 'folder' | 'host'>): Promise<YamlStack> {
    mkdirSync(join(ROOT, '.test'), { recursive: true });
    const folder = mkdtempSync(join(ROOT, '.test/yaml-'));
    writeFileSync(join(folder, 'Pulumi.yaml'), header());
    return new YamlStack(await Stack.make({ ...options, program: '', folder }));
  }

  /** Writes the program: everything that follows the name and the plugin in Pulumi.yaml. */
  write(program: string): void {
    this.stack.file('Pulumi.yaml', `${header()}${program}`);
  }

  /** A program with these resources: each a type, its properties, and its options. */
  declare(resources: Readonly<Record<string, Resource>>): void {
    // JSON is YAML.
    this.write(`resources: ${JSON.stringify(resources)}\n`);
  }
}

export interface Resource {
  readonly type: string;
  readonly properties?: Readonly<Record<string, unknown>>;
  /** Reads one that need not be in a stack. */
  readonly get?: { readonly id: string };
  readonly options?: Readonly<Record<string, unknown>>;
}

const header = () => `name: lifecycle\nruntime: yaml\n${PLUGINS}`;

export const binding = (bucket: string, options?: Resource['options']): Resource => ({
  type: 'alicloud-media:imm:DatasetBinding',
  properties: { projectName: 'media', datasetName: 'videos', uri: `oss://${bucket}` },
  ...(options && { options }),
});

export const outputBucket = (bucket: string, options?: Resource['options']): Resource => ({
  type: 'alicloud-media:mps:OutputBucket',
  properties: { bucket },
  ...(options && { options }),
});
