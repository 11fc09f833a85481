import { byId, element, setText } from './dom.mjs';
import { Rows } from './rows.mjs';

/** @import { ObjectTable, ShownObject, ShownObjects } from '../shapes.js' */

/** @type {Readonly<Record<ObjectTable, { title: string, columns: Readonly<Record<string, string>> }>>} */
const TABLES = {
  projects: { title: 'Projects', columns: { project: 'Project' } },
  datasets: { title: 'Datasets', columns: { project: 'Project', dataset: 'Dataset' } },
  bindings: {
    title: 'Bindings',
    columns: { project: 'Project', dataset: 'Dataset', bucket: 'Bucket', state: 'State' },
  },
  attachments: { title: 'Attachments', columns: { project: 'Project', bucket: 'Bucket' } },
  mediaBuckets: { title: 'Media buckets', columns: { bucket: 'Bucket', type: 'Registered for' } },
};

/** @type {Map<string, (objects: ShownObjects) => void>} */
const shows = new Map();

export function startObjects() {
  const place = byId('object-tables', HTMLElement);
  for (const [name, { title, columns }] of Object.entries(TABLES)) {
    const caption = element('caption', { id: `${name}-caption` }, title);
    const all = { ...columns, where: 'Region, account' };
    const head = Object.values(all).map((text) => element('th', { scope: 'col' }, text));
    const body = element('tbody');
    const table = element(
      'table',
      { id: name },
      caption,
      element('thead', {}, element('tr', {}, ...head)),
      body,
    );
    const region = { class: 'scroll', 'aria-labelledby': caption.id, tabindex: '0' };
    place.append(element('section', region, table));
    const rows = new Rows(
      body,
      (/** @type {ShownObject} */ one) => JSON.stringify(one),
      (one) => ({
        row: element('tr', {}, ...Object.keys(all).map((key) => element('td', {}, one[key] ?? ''))),
      }),
    );
    rows.show([]);
    shows.set(name, (objects) => {
      const first = objects.rows.length < objects.total ? `, the first ${objects.rows.length} of them` : '';
      setText(caption, `${title} (${objects.total}${first})`);
      rows.show(objects.rows);
    });
  }
}

/** @param {Readonly<Record<ObjectTable, ShownObjects>>} objects */
export function takeObjects(objects) {
  for (const [name, each] of Object.entries(objects)) shows.get(name)?.(each);
}
