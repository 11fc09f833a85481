import { testProduct } from './product.js';

testProduct('mps.OutputBucket', true);
