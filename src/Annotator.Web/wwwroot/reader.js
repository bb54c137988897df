// @ts-check
// The page of a source with its text; other pages do not load what it needs. It is complete without, for reading and writing.
import { onArrival } from './dom.js';

/** @type {typeof import('./reader/page.js') | null} */
let page = null;
const start = async () => {
  if (!document.querySelector('[data-reader]')) { page?.leave(); return; }
  page ??= await import('./reader/page.js');
  page.arrive();
};

start();
// Comments that came while somebody reads.
document.addEventListener('annotator:merged', () => page?.refresh());
onArrival(start);
