/**
 * Milliseconds of CPU time that this process has used so far: limits of time that hold whatever else the machine does.
 * Every test file is a process of its own.
 */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
