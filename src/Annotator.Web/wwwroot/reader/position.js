// @ts-check
// Where one reads: kept in this browser for each source, and the same line of the window while the page changes around it.
import { kept, onBlazor, parsed } from '../dom.js';
import { now } from './state.js';
import { rangeBetween, unitAt } from './quote.js';

/**
 * @typedef {object} Line the first paragraph in view
 * @property {string} text the text and its window that it stands in
 * @property {number} block its index
 * @property {number} top where it stands in the window, in pixels
 * @property {number} left
 */

const keyOf = () => `annotator-read:${now.root.dataset.source}`;
/** What the window of a long source begins with; empty in the first. */
const windowOf = () => document.querySelector('[data-window]')?.dataset.window;
const textOf = () => `${now.root.dataset.snapshot} ${windowOf()}`;
let timer = 0;

/** Where the lines begin that are read: below the bars that lie over the page, in pixels from the top of the window. */
export const readFrom = () => parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) + 8;

function keep() {
  if (!now.text) return;
  const from = readFrom();
  const block = now.blocks.findIndex(one => one.getBoundingClientRect().bottom > from);
  if (block <= 0) kept.remove(keyOf());
  else kept.set(keyOf(), JSON.stringify({ snapshot: now.root.dataset.snapshot, block, ...(windowOf() ? { window: windowOf() } : {}) }));
}

/** Scrolls to where one was the last time. */
export function restore() {
  if (scrollY > 0) return;
  const last = parsed(kept.get(keyOf()), null);
  if (last?.snapshot !== now.root.dataset.snapshot) return;
  const url = new URL(location.href);
  // Of a long source: beside the text that was read there.
  if (last.window && windowOf() === '' && !url.searchParams.has('in')) {
    url.searchParams.set('in', last.window);
    location.replace(url);
  } else now.blocks[last.block]?.scrollIntoView({ block: 'start', behavior: 'instant' });
}

/**
 * The line that is read now.
 * @returns {Line | null}
 */
export function line() {
  if (!now.root || now.blocks.length === 0) return null;
  const column = now.text.getBoundingClientRect();
  const from = readFrom();
  const isSeen = (/** @type {DOMRect} */ box) => box.bottom > from && box.left < column.right;
  const found = now.blocks.findIndex(one => isSeen(one.getBoundingClientRect()));
  const block = found < 0 ? now.blocks.length - 1 : found;
  const { top, left } = now.blocks[block].getBoundingClientRect();
  return { text: textOf(), block, top, left };
}

/**
 * Scrolls so that a line stands in the window where it stood.
 * @param {Line | null} held
 */
export function hold(held) {
  const block = held && now.root && held.text === textOf() ? now.blocks[held.block] : null;
  if (!held || !block) return;
  const { top, left } = block.getBoundingClientRect();
  if (Math.abs(left - held.left) > .1) now.text.scrollLeft += left - held.left;
  move(top - held.top);
}

const isVertical = () => getComputedStyle(now.text).writingMode === 'vertical-rl';

/** @typedef {{ unit: number, box: DOMRect, isVertical: boolean }} Words a code unit of the text and where its letter stood in the window */

/** Where a letter stands in the window. @param {number} unit of the text */
const boxOf = unit => rangeBetween(now.text, unit, unit + 1).getBoundingClientRect();

/**
 * The first letter of the first line that is read.
 * @returns {Words | null}
 */
export function words() {
  const block = now.blocks[line()?.block ?? -1];
  if (!block) return null;
  const [from, { right }] = [readFrom(), now.text.getBoundingClientRect()];
  const isDown = isVertical();
  const isRead = (/** @type {DOMRect} */ box) => isDown ? box.left < right : box.bottom > from;
  // Lines follow each other: the first letter that is read is found by halving.
  let [low, high] = [0, block.childNodes.length].map(offset => unitAt(now.text, block, offset));
  while (low < high - 1) {
    const middle = Math.floor((low + high - 1) / 2);
    if (isRead(boxOf(middle))) high = middle + 1; else low = middle + 1;
  }
  return { unit: low, box: boxOf(low), isVertical: isDown };
}

/**
 * Scrolls so that words stand where they stood, however the text is set now; at the beginning of what is read where the lines turned.
 * @param {Words | null} held
 */
export function holdWords(held) {
  if (!held || !now.text) return;
  const isDown = isVertical();
  const isSame = held.isVertical === isDown;
  if (isDown) {
    const column = now.text.getBoundingClientRect();
    now.text.scrollLeft += boxOf(held.unit).right - (isSame ? held.box.right : column.right);
    if (!isSame) move(column.top - readFrom());
  } else move(boxOf(held.unit).top - (isSame ? held.box.top : readFrom()));
}

// By how many pixels the page was made longer, so that it may stay scrolled as far as it was.
let longer = 0;

/**
 * Scrolls at once, also where the page would end before.
 * @param {number} by pixels downwards
 */
export function move(by) {
  if (Math.abs(by) < .1) return;
  const wanted = Math.max(0, scrollY + by);
  scrollTo({ top: wanted, behavior: 'instant' });
  const missing = wanted - scrollY;
  if (missing < .5) return;
  longer = Math.ceil(missing);
  now.root.style.minBlockSize = `${now.root.offsetHeight + longer}px`;
  scrollTo({ top: wanted, behavior: 'instant' });
}

// While a page of the same text is on its way to take the place of this one.
/** @type {Line | null} */
let held = null;
let hasCome = false;
onBlazor('enhancednavigationstart', () => { held = line(); hasCome = false; });

/** The page has come: the line is where it was. */
export function stay() {
  hold(held);
  hasCome = true;
}

/**
 * Blazor scrolls to what the address names after the page has come.
 * @param {boolean} isThere whether the page is scrolled as it shall be, so that this changes nothing
 */
export function pin(isThere) { held = isThere ? line() : null; }
onBlazor('enhancednavigationend', () => { hold(held); held = null; });

addEventListener('scroll', () => {
  if (!now.root) return;
  if (held && !hasCome) held = line();
  if (longer > 0 && scrollY + innerHeight < document.documentElement.scrollHeight - longer) {
    now.root.style.minBlockSize = '';
    longer = 0;
  }
  clearTimeout(timer);
  timer = setTimeout(keep, 500);
}, { passive: true });
