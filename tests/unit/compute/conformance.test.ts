import { createReferenceCompute } from '../../../src/compute/reference/backend.ts';
import { createSimdCompute } from '../../../src/compute/simd/backend.ts';
import { conforms } from '../../conformance/backend.ts';

conforms('reference', async () => createReferenceCompute());
conforms('simd', () => createSimdCompute());
