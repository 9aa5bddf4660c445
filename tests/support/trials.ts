const all = process.env.TRIALS === 'all';

/**
 * How many random trials a property test makes: so many that they find a planted fault in any run, or all of them in
 * the long tier. A file that imports this is run by both tiers; `vitest.config.ts` sets the variable.
 */
export const trials = (usual: number, long: number): number => (all ? long : usual);
