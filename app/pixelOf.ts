/**
 * From the pixels of an SVG element to those of the window. Where the element lies and how large it is drawn comes from
 * its rectangle on screen, which every browser gives correctly under CSS zoom and scale; `getScreenCTM` does not in all of
 * them (Safari's leaves out a scale further up). Only `getScreenCTM` knows about rotation, though.
 */
function screenMatrix(svg: SVGSVGElement): DOMMatrix {
  const own = SVGSVGElement.prototype.getScreenCTM.call(svg);
  if (own && (own.b !== 0 || own.c !== 0)) return own;
  const { left, top, width, height } = svg.getBoundingClientRect();
  // An element without a size is not drawn, so no pointer is over it.
  const scale = (drawn: number, laidOut: number) =>
    drawn > 0 && laidOut > 0 ? drawn / laidOut : 1;
  const [sx, sy] = [scale(width, svg.width.baseVal.value), scale(height, svg.height.baseVal.value)];
  // Chromium's points take no other kind of matrix.
  const matrix = svg.createSVGMatrix();
  return Object.assign(matrix, { a: sx, d: sy, e: left, f: top });
}

/** Where a pointer is over an SVG drawing (`element` or the one around it), in the drawing's own pixels. */
export function pixelOf(
  event: { readonly clientX: number; readonly clientY: number },
  element: SVGElement,
): { px: number; py: number } {
  const svg = element instanceof SVGSVGElement ? element : element.ownerSVGElement;
  if (svg === null) throw new Error('only an SVG drawing tells where a pointer is');
  const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(
    screenMatrix(svg).inverse(),
  );
  return { px: x, py: y };
}

/** d3 asks an element itself where a pointer is: from now on it answers as `pixelOf` does. */
export function letD3Ask(svg: SVGSVGElement): void {
  svg.getScreenCTM = () => screenMatrix(svg);
}
