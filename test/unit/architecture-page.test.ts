import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { layerOf, ROOMS } from './architecture/rooms.js';

const ROOT = resolve(__dirname, '../..');
const page = readFileSync(join(ROOT, 'docs/internals/architecture.md'), 'utf8');
const [, picture = ''] = /^```mermaid\nflowchart TB\n([\s\S]*?)^```$/m.exec(page) ?? [];

const NODE = /^ {2}([a-z]+)\["([^"[\]{}|]+)"\]$/;
const EDGE = /^ {2}([a-z]+) (-->|-\.->)(?:\|([^|"[\](){}]+)\|)? ([a-z]+)$/;

const lines = picture.split('\n').filter((line) => line !== '');
const nodes = new Map(lines.flatMap((line) => [...line.matchAll(new RegExp(NODE, 'g'))]).map(nodeOf));
const edges = lines.flatMap((line) => {
  const [, from = '', arrow = '', , to = ''] = EDGE.exec(line) ?? [];
  return arrow === '' ? [] : [{ from, to, isSolid: arrow === '-->' }];
});

/** What a node names of `provider/`: each in a line of its own. */
function nodeOf([, name = '', label = '']: RegExpMatchArray): readonly [string, readonly string[]] {
  const paths = label.split('<br/>').filter((part) => /\/$|\.ts$/.test(part));
  return [name, paths.map((path) => `provider/${path}`)];
}

describe('the page of the architecture', () => {
  it('names only files and folders that are there', () => {
    const named = [...page.matchAll(/`([\w.-]+(?:\/[\w.-]+)*\/?)`/g)]
      .map(([, name = '']) => name)
      .filter((name) => name.includes('/'));
    expect(named.length).toBeGreaterThan(30);
    expect(named.filter((name) => !existsSync(join(ROOT, name)))).toEqual([]);
  });

  it('has one picture, of lines that mermaid reads', () => {
    expect(page.match(/```mermaid/g)).toHaveLength(1);
    expect(lines.filter((line) => !NODE.test(line) && !EDGE.test(line))).toEqual([]);
    const ends = edges.flatMap(({ from, to }) => [from, to]);
    expect(new Set(ends)).toEqual(new Set(nodes.keys()));
    // A word of mermaid's own.
    expect([...nodes.keys()]).not.toContain('end');
  });
});

describe('the picture of the architecture', () => {
  const paths = [...nodes.values()].flat();

  it('names only files and folders that are there, and each room', () => {
    expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    expect(new Set(paths.map(layerOf))).toEqual(new Set(ROOMS.keys()));
  });

  it('leads down from room to room, and never back but for an error', () => {
    const order = [...ROOMS.keys()];
    const place = (node: string) => nodes.get(node)?.map((path) => order.indexOf(layerOf(path)))[0];
    const rising = edges.filter(({ from, to, isSolid }) => {
      const [before, after] = [place(from), place(to)];
      return isSolid && before !== undefined && after !== undefined && before > after;
    });
    expect(rising).toEqual([]);
    expect(edges.filter(({ isSolid }) => !isSolid).map(({ to }) => to)).toContain('engine');
  });
});
