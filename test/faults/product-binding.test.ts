import { testProduct } from './product.js';

testProduct('imm.DatasetBinding', true);
