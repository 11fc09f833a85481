import { LINKS } from '../links.js';
import { testProduct } from './product.js';

/** Those whose product is always whole, each in a file of its own. */
const ELSEWHERE = ['imm.DatasetBinding', 'mps.OutputBucket'];

for (const { title } of LINKS) if (!ELSEWHERE.includes(title)) testProduct(title);
