/** The buffers of the arrays among an object's values: what changes hands when it is sent to another thread. */
export const buffersOf = (arrays: object): ArrayBuffer[] =>
  Object.values(arrays).flatMap((part) =>
    ArrayBuffer.isView(part) ? [part.buffer as ArrayBuffer] : [],
  );
