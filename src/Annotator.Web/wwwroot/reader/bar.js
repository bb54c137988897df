// @ts-check
// The bar of the reader goes while one reads on and comes back with the way back, where the window is narrow (reader.css). It lies
// over the text: the text stays where it is.
import { targetOf } from '../dom.js';
import { now } from './state.js';

/** Pixels from the top of the page within which the bar is always there. */
const BEGINNING = 120;
/** Pixels by which one reads on or goes back until the bar follows. */
const STEP = 24;
let isGone = false;
// Whether it is the reader who scrolls now, and not a script that brings something into view.
let isByHand = false;
let turned = 0;

/** Blazor takes the attribute away with each page that it puts in. */
export const refresh = () => document.documentElement.toggleAttribute('data-reading-on', isGone && !!now.root);

for (const type of ['wheel', 'touchmove', 'keydown']) addEventListener(type, () => { isByHand = true; }, { passive: true, capture: true });
for (const type of ['click', 'submit']) addEventListener(type, () => { isByHand = false; }, { capture: true });

addEventListener('scroll', () => {
  const isBeginning = scrollY < BEGINNING;
  if (!now.root || !isByHand && !isBeginning) { turned = scrollY; return; }
  // Counted from where one has turned round.
  if (isGone ? scrollY > turned : scrollY < turned) turned = scrollY;
  if (!isBeginning && Math.abs(scrollY - turned) < STEP) return;
  isGone = !isBeginning && scrollY > turned;
  turned = scrollY;
  refresh();
}, { passive: true });

// The heading that was chosen comes into view under the list, which has done its work.
document.addEventListener('click', event => targetOf(event)?.closest('.outline a')?.closest('details')?.removeAttribute('open'));
