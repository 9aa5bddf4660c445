/** The hash of the scene that opens where an address asks for nothing; the others come after the first picture. */
export const FIRST_SCENE = 'steps=400&pick=0.5,0.1,0.3';
