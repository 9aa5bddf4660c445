/** Where on the map a pointer is, in its pixels. */
export function pixelOf(
  event: { readonly clientX: number; readonly clientY: number },
  element: Element,
): { px: number; py: number } {
  const { left, top } = element.getBoundingClientRect();
  return { px: event.clientX - left, py: event.clientY - top };
}
