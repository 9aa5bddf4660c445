/** A person's wish to stop, obeyed; the message says how far the work has come. */
export class Interrupted extends Error {
  override name = 'Interrupted';
}
