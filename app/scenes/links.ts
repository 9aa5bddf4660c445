/** Hashes of scenes that are needed before the others, which come after the first picture. */

/** The scene that opens where an address asks for nothing. */
export const FIRST_SCENE = 'steps=400&pick=0.5,0.1,0.3';

/** The scene whose line says that its network is dead. */
export const DEAD_SCENE = 'data=spiral&lr=1&steps=300&pick=0,0,0.3';
