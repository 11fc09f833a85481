import { LINKS } from '../links.js';
import { testProduct } from './product.js';

for (const { title } of LINKS) testProduct(title);
