/**
 * Tells whether nobody can see the page, as in a hidden tab, and in a frame that is out of view or not displayed; at every
 * change. Returns what ends that.
 */
export function watchUnseen(tell: (unseen: boolean) => void): () => void {
  const ends = new AbortController();
  const { signal } = ends;
  let inView = true;
  let unseen = false;
  const follow = () => {
    const next = document.hidden || !inView;
    if (next === unseen) return;
    unseen = next;
    tell(unseen);
  };
  document.addEventListener('visibilitychange', follow, { signal });
  // In a frame the observer looks as far as the window: it knows whether the page around the frame shows it.
  const observer = new IntersectionObserver((entries) => {
    inView = entries[entries.length - 1].isIntersecting;
    follow();
  });
  observer.observe(document.documentElement);
  // Whoever presses something sees it, whatever a browser makes of the rest.
  const seen = () => {
    inView = true;
    follow();
  };
  for (const event of ['pointerdown', 'keydown'])
    document.addEventListener(event, seen, { capture: true, signal });
  return () => {
    ends.abort();
    observer.disconnect();
  };
}
