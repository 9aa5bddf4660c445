import { workers } from './workers.ts';

/**
 * Lets all work rest while nobody can see the page: in a hidden tab, and in a frame that is out of view or not displayed.
 * It goes on where it was; what a person paused or stopped stays so.
 */
export function restWhileUnseen(): void {
  let inView = true;
  let resting = false;
  const follow = () => {
    const next = document.hidden || !inView;
    if (next === resting) return;
    resting = next;
    for (const { api } of Object.values(workers)) void api.rest(resting);
  };
  document.addEventListener('visibilitychange', follow);
  // In a frame the observer looks as far as the window: it knows whether the page around the frame shows it.
  new IntersectionObserver((entries) => {
    inView = entries[entries.length - 1].isIntersecting;
    follow();
  }).observe(document.documentElement);
  // Whoever presses something sees it, whatever a browser makes of the rest.
  const seen = () => {
    inView = true;
    follow();
  };
  for (const event of ['pointerdown', 'keydown']) document.addEventListener(event, seen, true);
}
