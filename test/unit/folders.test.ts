import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOMS, readme } from './architecture/rooms.js';
import { sourcesIn } from './architecture/sources.js';

const ROOT = resolve(__dirname, '../..');

describe('the README of a folder', () => {
  const folders = ['provider', 'emulator', 'cli', 'scripts', 'bench', 'live', 'test', 'examples'];

  it.each(folders)('%s names each folder that it imports from, and no other', (folder) => {
    const imported = sourcesIn(folder).flatMap(({ imports }) =>
      imports.map(({ to }) => to.split('/')[0] ?? ''),
    );
    const others = folders.filter((name) => name !== folder && imported.includes(name)).sort();
    const said = /^Imports from other folders: (.*)\.$/m.exec(readme(folder))?.[1] ?? '';
    expect(said).toBe(others.map((name) => `\`${name}\``).join(', ') || 'none');
  });

  it.each(folders)(
    '%s is short, has one title, says where to begin, and names only what is there',
    (folder) => {
      const text = readme(folder);
      expect(Buffer.byteLength(text)).toBeLessThan(2_000);
      expect(text.startsWith(`# ${folder}\n`)).toBe(true);
      expect(text).toMatch(/^Begin with `/m);
      const named = [...text.matchAll(/`([\w/-]+(?:\/|\.(?:ts|mjs)))`/g)].map(([, name = '']) => name);
      expect(named.filter((name) => !existsSync(join(ROOT, folder, name)))).toEqual([]);
    },
  );

  it('of provider names its rooms, from the top to the bottom', () => {
    expect([...ROOMS.keys()]).toEqual(['program', 'hosts', 'imm, mps', 'lifecycle', 'alicloud']);
  });
});
