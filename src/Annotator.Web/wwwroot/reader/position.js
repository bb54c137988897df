// @ts-check
// Where one has read: kept in this browser for each source.
import { parsed } from '../dom.js';
import { now } from './state.js';

const keyOf = () => `annotator-read:${now.root.dataset.source}`;
/** What the window of a long source begins with; empty in the first. */
const windowOf = () => document.querySelector('[data-window]')?.dataset.window;
let timer = 0;

function keep() {
  if (!now.root) return;
  const block = now.blocks.findIndex(one => one.getBoundingClientRect().bottom > 80);
  if (block <= 0) localStorage.removeItem(keyOf());
  else localStorage.setItem(keyOf(), JSON.stringify({ snapshot: now.root.dataset.snapshot, block, ...(windowOf() ? { window: windowOf() } : {}) }));
}

/** Scrolls to where one was the last time. */
export function restore() {
  if (scrollY > 0) return;
  const kept = parsed(localStorage.getItem(keyOf()), null);
  if (kept?.snapshot !== now.root.dataset.snapshot) return;
  const url = new URL(location.href);
  // Of a long source: beside the text that was read there.
  if (kept.window && windowOf() === '' && !url.searchParams.has('in')) {
    url.searchParams.set('in', kept.window);
    location.replace(url);
  } else now.blocks[kept.block]?.scrollIntoView({ block: 'start', behavior: 'instant' });
}

addEventListener('scroll', () => {
  if (!now.root) return;
  clearTimeout(timer);
  timer = setTimeout(keep, 500);
}, { passive: true });
