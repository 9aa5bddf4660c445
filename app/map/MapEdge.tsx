import { useSessionState } from '../useSession.ts';
import { Legend } from './Legend.tsx';
import { MapTools } from './MapTools.tsx';
import type { Projection } from './projection.ts';
import { Tooltip } from './Tooltip.tsx';

interface MapEdgeProps {
  readonly p: Projection;
  /** Where the pointer is on the map, in CSS pixels; null elsewhere. */
  readonly pointer: { readonly px: number; readonly py: number } | null;
}

/**
 * What lies on a map that is worked with: tools and legend along its edges, and what is said beside the pointer. Before an
 * audience the tools go; keys, wheel and fingers zoom as before.
 */
export function MapEdge({ p, pointer }: MapEdgeProps) {
  const presenting = useSessionState((s) => s.presenting);
  return (
    <>
      {!presenting && <MapTools />}
      <Legend p={p} />
      {pointer && <Tooltip pointer={pointer} p={p} />}
    </>
  );
}
