/** The oldest Node the toolchain runs on; the same number is in package.json under "engines". */
const OLDEST = [20, 19];

/**
 * One sentence when `version` ("20.11.1") is too old, otherwise null.
 * @param {string} version
 */
export function nodeComplaint(version) {
  const [major, minor] = version.split('.').map(Number);
  const enough = major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
  return enough
    ? null
    : `ReLUscope needs Node ${OLDEST.join('.')} or newer; this is Node ${version}. Install a newer one and try again.`;
}

/** Ends the process with that sentence when this Node is too old. */
export function requireNode() {
  const complaint = nodeComplaint(process.versions.node);
  if (complaint === null) return;
  console.error(complaint);
  process.exit(1);
}
