const [PAGE, SOAK] = ['page', 'soak'];
const SOAK_MINUTES = { initial: 5, least: 1, most: 24 * 60 };

/**
 * Reads the arguments of `npm run bench`: names of sections, `soak` followed by a number of minutes or none.
 * @param {string[]} args
 * @returns {{ engine: string[] | null, page: boolean, soakMinutes: number | null } | string} the sections in Node (all for
 *   an empty list, none for null), whether the page is measured, and for how long it is soaked; or a sentence for the user
 */
export function benchOptions(args) {
  const names = [...args];
  const at = names.indexOf(SOAK);
  /** @type {number | null} */
  let soakMinutes = null;
  if (at >= 0) {
    const given = /^[-+.\d]/.test(names[at + 1] ?? '') ? names[at + 1] : undefined;
    soakMinutes = Number(given ?? SOAK_MINUTES.initial);
    names.splice(at, given === undefined ? 1 : 2);
    const { least, most } = SOAK_MINUTES;
    if (!(soakMinutes >= least && soakMinutes <= most))
      return `The minutes after "soak" must be a number from ${least} to ${most}, not "${given}".`;
  }
  const engine = names.filter((name) => name !== PAGE);
  return {
    engine: engine.length > 0 || args.length === 0 ? engine : null,
    page: names.includes(PAGE) || args.length === 0,
    soakMinutes,
  };
}
