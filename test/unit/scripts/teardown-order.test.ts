import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../../emulator/index.js';
import { guideOf } from '../../../scripts/demo/guide.js';
import { flattened, type OrderedStep, orderMessage, treesOf } from '../../../scripts/demo/order.js';
import { orderPicture } from '../../../scripts/demo/order-picture.js';

const DOCS = resolve(__dirname, '../../../docs');
const guide = readFileSync(join(DOCS, 'guides/teardown.md'), 'utf8');
const picture = readFileSync(join(DOCS, 'pictures/teardown-order.svg'), 'utf8');

/** The steps of the table of calls that the guide shows. */
function stepsOf(page: string): readonly OrderedStep[] {
  const [, table = ''] = /```console\naction .*\n([\s\S]*?)\n```/.exec(page) ?? [];
  return table.split(/^\[/m).flatMap((block) => {
    const [head = '', ...lines] = block.trimEnd().split('\n');
    if (lines.length === 0) return [];
    const calls = lines.map((row) => {
      const [action = '', link = '', result = ''] = row.split(/ {2,}/);
      const [, code = ''] = result.split(' ');
      return { action, link, code: code === 'OK' ? '' : code };
    });
    return [{ step: head.slice(0, -1), calls }];
  });
}

describe('the order of a teardown', () => {
  const trees = treesOf(stepsOf(guide));

  it('is drawn from the calls that the guide shows, and told in words beside it', () => {
    expect(flattened(trees)).toHaveLength(6);
    expect(picture, 'npm run demo -- --picture draws it anew').toBe(orderPicture(trees));
    expect(guide).toContain(`![${orderMessage(trees)}](../pictures/teardown-order.svg)`);
  });

  it('has whatever hangs on something before it', () => {
    for (const { place, children } of flattened(trees))
      for (const child of children) expect(child.place).toBeLessThan(place);
    expect(trees.map(({ title }) => title)).toEqual(['imm.Project', 'mps.InputBucket', 'mps.OutputBucket']);
  });

  it('is small, loads nothing, and is readable in the light and in the dark', () => {
    expect(Buffer.byteLength(picture)).toBeLessThan(20_000);
    expect(picture).not.toMatch(/href|url\(|<script|@import|NaN|undefined/);
    expect(picture).toContain('@media (prefers-color-scheme:dark)');
  });

  it('leaves out what was refused, and takes an attachment for one of its project', () => {
    const call = (action: string, link: string, code = '') => ({ action, link, code });
    const calls = [
      call('DeleteProject', 'cn-shanghai/p', 'StatusConflict'),
      call('DetachOSSBucket', 'cn-shanghai/p/oss://b'),
      call('DeleteProject', 'cn-shanghai/p'),
    ];
    const [project, ...others] = treesOf([{ step: 'destroy', calls }]);
    expect(others).toEqual([]);
    expect(project).toMatchObject({ place: 2, children: [{ place: 1, name: 'oss://b' }] });
  });
});

describe('the guide of a teardown', () => {
  it('has each RequestId of what was printed in its table of calls', () => {
    const [printed = '', table = ''] = guide.match(/```console\n[\s\S]*?\n```/g) ?? [];
    const ids = printed.match(/[-0-9A-F]{36}/g) ?? [];
    expect(ids).toHaveLength(6);
    expect(ids.filter((id) => !table.includes(id))).toEqual([]);
  });

  it('is given what a run printed, without progress and endpoints', () => {
    const output = [
      'Previewing destroy (demo):',
      ' -  alicloud-media:imm:Project library delete ',
      'Destroying (demo):',
      ' -  alicloud-media:imm:Project library deleting (0s) ',
      ' -  alicloud-media:imm:Project library deleted (7s) 2 messages',
      'Diagnostics:',
      '    IMM requests go to http://127.0.0.1:1 (environment IMM_ENDPOINT).',
      '    imm.Project cn-shanghai/p: DeleteProject (account 1, RequestId ID-1). Gone.',
      'Resources:',
      '    - 1 deleted',
      '',
      'Duration: 2s',
    ];
    const call = { action: 'DeleteProject', link: 'cn-shanghai/p', code: '', status: 200, requestId: 'ID-1' };
    const calls = [call as JournalEntry];
    const step = { step: 'destroy', args: ['destroy', '--yes'], text: output.join('\n'), calls };
    const blocks = guideOf(guide, [step]).match(/```console\n[\s\S]*?\n```/g) ?? [];
    expect(blocks[0]?.split('\n').slice(1, -1)).toEqual([
      '$ pulumi destroy --yes',
      ' -  alicloud-media:imm:Project library deleted (7s)',
      'Diagnostics:',
      output[7],
      'Resources:',
      '    - 1 deleted',
    ]);
    expect(blocks[1]).toMatch(
      /\naction .*\n\[destroy\]\nDeleteProject {2}cn-shanghai\/p {2}200 OK {2}ID-1\n/,
    );
  });
});
