import { LINKS } from '../support/links/links.js';
import { testProduct } from './product.js';

for (const { title } of LINKS) testProduct(title);
