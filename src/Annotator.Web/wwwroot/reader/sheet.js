// @ts-check
// On a phone the margin is a sheet at the lower edge, with the words still in view above it.
import { chosen, edge, targetOf } from '../dom.js';
import { now, isNarrow, isRtl, mode, piecesOf, placeOf, make, put, word } from './state.js';
import { focusPlace } from './focus.js';
import * as position from './position.js';

/** @typedef {'low' | 'half' | 'tall'} Detent a height at which the sheet comes to rest; half for who writes */

// Shares of the window. The low one is half of a window that lies on its side.
const DETENTS = { low: 0.4, half: 0.5, tall: 0.9 };
const SWIPE = 60;
/** @type {Detent | null} null while it is closed */
let detent = null;
let isFiltering = false;
// The line that was read before words were brought up from under the sheet, and how far the page is scrolled since then.
/** @type {{ line: position.Line | null, top: number } | null} */
let lifted = null;

export const isOpen = () => !!detent && isNarrow();

export function refresh() {
  if (!now.margin) return;
  /** @type {(name: string, sign: string, action: () => void) => HTMLButtonElement} */
  const button = (name, sign, action) => {
    const element = make('button', { type: 'button', 'aria-label': word(name), 'data-act': name }, make('span', { 'aria-hidden': 'true' }, sign));
    element.addEventListener('click', action);
    return element;
  };
  const grip = make('div', { class: 'grip', 'aria-hidden': 'true' });
  const handle = make('div', { class: 'handle', 'data-own': 'handle' }, grip,
    button('filters', '▽', () => { isFiltering = !isFiltering; filtering(); }),
    button('previous', '↑', () => turn(-1)), button('next', '↓', () => turn(1)),
    button('resize', '↕', () => open(detent === 'tall' ? 'low' : 'tall')), button('close', '×', close));
  grip.addEventListener('pointerdown', drag);
  put(now.margin, handle, true);
  filtering();
  set(detent);
}

// Shows or hides the filters of the list: always shown, they would take most of a low sheet.
function filtering() {
  now.root.toggleAttribute('data-filtering', isFiltering);
  now.margin.querySelector('.handle [data-act="filters"]')?.setAttribute('aria-expanded', `${isFiltering}`);
  if (isFiltering) now.margin.scrollTop = 0;
}

/**
 * @param {Detent | null} value
 */
function set(value) {
  detent = value;
  if (!now.margin) return;
  if (value) now.root.dataset.sheet = value; else delete now.root.dataset.sheet;
  now.margin.style.blockSize = '';
}

/** The text goes back to where it was read, unless one has read on. */
export function close() {
  if (!detent) return;
  const line = lifted && Math.abs(scrollY - lifted.top) < 1 ? lifted.line : null;
  lifted = null;
  set(null);
  position.hold(line);
}

/**
 * Opens the sheet on the focused place. The text moves only where its words would be covered, and by no more than that takes.
 * @param {Detent} value
 */
export function open(value = 'low') {
  if (!isNarrow() || !now.margin) return;
  set(value);
  now.margin.scrollTop = 0;
  const place = placeOf(now.focus)?.element;
  // Others stand above it in a list.
  if (place) now.margin.scrollTop = place.getBoundingClientRect().top - edge(now.margin.querySelector('.handle'));
  const mark = piecesOf(now.focus)[0];
  if (!mark || value === 'tall' && mode() === 'list') return;
  const room = height() - (value === 'half' ? height() * DETENTS.half : now.margin.offsetHeight) - 8;
  const box = mark.getBoundingClientRect();
  if (box.height === 0) return;
  // All of the words where there is room for them, else their beginning.
  const by = box.bottom > room ? Math.min(box.bottom - room, box.top - 8)
    : box.top < 8 ? box.top - Math.max(8, Math.min(room * 0.4, room - box.height)) : 0;
  if (by === 0) return;
  const line = lifted && Math.abs(scrollY - lifted.top) < 1 ? lifted.line : position.line();
  position.move(by);
  lifted = { line, top: scrollY };
}

/**
 * Scrolls the sheet, and nothing else, until an element in it is in view; of one that is higher than the sheet, its beginning.
 * @param {Element} element
 */
export function show(element) {
  const { top, bottom } = element.getBoundingClientRect();
  const handle = now.margin.querySelector('.handle')?.getBoundingClientRect().bottom ?? 0;
  const by = bottom - now.margin.getBoundingClientRect().bottom + 8;
  if (isOpen() && (by > 0 || top < handle)) now.margin.scrollTop += Math.min(by, top - handle);
}

/**
 * Goes to another place of the margin.
 * @param {number} by 1 for the next, -1 for the one before
 */
function turn(by) {
  const places = now.places.filter(place => !place.element.hidden);
  const next = places[places.findIndex(place => place.id === now.focus) + by];
  if (!next) return;
  focusPlace(next.id);
  open(detent ?? 'low');
}

const height = () => visualViewport?.height ?? innerHeight;

/**
 * @param {PointerEvent} event
 */
function drag(event) {
  const grip = /** @type {HTMLElement} */ (event.currentTarget);
  // Else the mouse would select what it comes across.
  event.preventDefault();
  grip.setPointerCapture(event.pointerId);
  const from = event.clientY;
  const was = now.margin.offsetHeight;
  let size = was;
  /** @type {(moved: PointerEvent) => void} */
  const move = moved => { size = Math.max(0, was + from - moved.clientY); now.margin.style.blockSize = `${size}px`; };
  grip.addEventListener('pointermove', move);
  grip.addEventListener('lostpointercapture', () => {
    grip.removeEventListener('pointermove', move);
    const share = size / height();
    // Pulled far down it is closed; else the nearer of the two heights.
    if (share < DETENTS.low / 2) close();
    else open(share < (DETENTS.low + DETENTS.tall) / 2 ? 'low' : 'tall');
  }, { once: true });
}

// Across the sheet to the next place; downwards is scrolling.
/** @type {Touch | null} */
let touch = null;
document.addEventListener('touchstart', event => {
  const target = targetOf(event);
  touch = isOpen() && event.touches.length === 1 && target?.closest('.places .place') && !target.closest('input, textarea, select, pre, table') ? event.touches[0] : null;
}, { passive: true });
document.addEventListener('touchend', event => {
  if (!touch || !chosen().isCollapsed) return;
  const [x, y] = [event.changedTouches[0].clientX - touch.clientX, event.changedTouches[0].clientY - touch.clientY];
  touch = null;
  if (Math.abs(x) > SWIPE && Math.abs(x) > 2 * Math.abs(y)) turn((x < 0) !== isRtl(now.root) ? 1 : -1);
}, { passive: true });

// The keyboard of the screen covers the lower part of the window.
function fit() {
  if (!now.margin || !isNarrow()) return;
  now.root.style.setProperty('--view', `${Math.round(height())}px`);
  now.root.style.setProperty('--covered', `${Math.max(0, Math.round(innerHeight - height() - (visualViewport?.offsetTop ?? 0)))}px`);
}
visualViewport?.addEventListener('resize', fit);
visualViewport?.addEventListener('scroll', fit);
