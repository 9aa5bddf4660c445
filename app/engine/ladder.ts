import { notifyError, useStore } from '../store/store.ts';
import { Latest } from './latest.ts';
import { compute } from './workers.ts';

async function measure(): Promise<void> {
  const { frame, circles, selected, ladderOpen } = useStore.getState();
  const circle = circles.find(({ id }) => id === selected);
  if (!frame || !circle || !ladderOpen) return;
  const rows = await compute.ladder(frame.net, circle);
  useStore.setState({ ladder: { net: frame.net, circle, rows } });
}

const follower = new Latest(measure, (error) =>
  notifyError('The tighter bounds could not be worked out', error),
);

/** Keeps the tighter bounds of the selected circle true as long as somebody looks at them. */
export function keepLadder(): void {
  const request = () => follower.request();
  useStore.subscribe((s) => s.frame?.net, request);
  useStore.subscribe((s) => s.circles, request);
  useStore.subscribe((s) => s.selected, request);
  useStore.subscribe((s) => s.ladderOpen, request);
}
