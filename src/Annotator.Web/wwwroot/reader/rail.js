// @ts-check
// All places of the source at the edge of the window: where there is much to read about.
import { now, piecesOf, make } from './state.js';
import { select } from './links.js';

export const refresh = () => requestAnimationFrame(draw);

// Drawn after the margin, which may make the page longer.
function draw() {
  if (!now.root) return;
  const rail = now.root.querySelector('.rail');
  if (!rail) return;
  const tall = document.documentElement.scrollHeight;
  const tops = now.places.map(place => piecesOf(place.id)[0]?.getClientRects()[0]?.top);
  rail.replaceChildren(...now.places.flatMap((place, i) => {
    if (tops[i] === undefined || place.element.hidden) return [];
    const count = Number(place.element.dataset.comments ?? 0);
    // Not reachable by Tab: the keyboard goes from place to place with keys of its own (keys.js).
    const tick = make('button', { type: 'button', tabindex: -1, title: `${count}`, class: 'tick', 'data-colour': place.element.dataset.colour });
    tick.style.insetBlockStart = `${((tops[i] + scrollY) / tall * 100).toFixed(2)}%`;
    tick.style.blockSize = `${2 + 2 * Math.min(count, 6)}px`;
    tick.addEventListener('click', () => select(place.id));
    return tick;
  }));
}

let timer = 0;
addEventListener('resize', () => { clearTimeout(timer); timer = setTimeout(() => { refresh(); }, 200); });
document.addEventListener('reader:shown', refresh);
