import { LINKS } from '../links.js';
import { testProduct } from './product.js';

/** Those with a file of their own, since theirs take longest. */
const ELSEWHERE = ['imm.DatasetBinding', 'mps.OutputBucket'];

for (const { title } of LINKS) if (!ELSEWHERE.includes(title)) testProduct(title);
