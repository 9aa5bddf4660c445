/** Input a person gave that cannot be used; the message is one plain sentence that names the trouble. */
export class InputError extends Error {
  override name = 'InputError';
}
