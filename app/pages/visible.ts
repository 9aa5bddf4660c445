/**
 * Reports at every change whether nobody can see the page: a hidden tab, or a frame that is out of view or not displayed.
 * Returns what ends that.
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
  // A person who presses something sees the page, whatever the browser reports.
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
