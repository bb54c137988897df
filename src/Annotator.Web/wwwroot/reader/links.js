// @ts-check
// Links words with their commentary: by hovering, by focus and by choosing.
import { chosen, edge, targetOf } from '../dom.js';
import { now, placeOf, piecesOf, passagesOf, isNarrow, make, word, mode } from './state.js';
import { elementsOf, focusPlace } from './focus.js';
import * as margin from './margin.js';
import * as sheet from './sheet.js';

// As many names stand in a line of the list of passages to choose from.
const MOST_NAMES = 3;
/** @type {HTMLElement[]} */
let linked = [];
/** The passages to choose from and the mark that they share.
 * @type {{ list: HTMLElement, mark: HTMLElement } | null} */
let candidates = null;

export function refresh() {
  closeCandidates();
  linked = [];
  for (const pieces of now.pieces.values()) if (!pieces[0].hasAttribute('tabindex')) pieces[0].tabIndex = now.text ? 0 : -1;
  for (const thread of now.root.querySelectorAll('.thread')) {
    const replies = thread.querySelectorAll('.replies > li').length;
    if (replies > 0) thread.dataset.replies = word('replies', replies);
  }
  if (now.text) describe();
  if (now.focus) focusPlace(now.focus);
}

// A mark may have no name of its own: screen readers would read it instead of the words.
function describe() {
  for (const pieces of now.pieces.values()) {
    const count = passagesOf(pieces[0]).reduce((sum, id) => sum + Number(placeOf(id)?.element.dataset.comments ?? 0), 0);
    if (count > 0) pieces[0].setAttribute('aria-description', word('said', count));
    else pieces[0].removeAttribute('aria-description');
  }
}

/**
 * Shows which words and which commentary belong together.
 * @param {string[]} ids of passages
 */
function link(ids) {
  margin.point(ids);
  for (const element of linked) element.classList.remove('is-linked');
  linked = elementsOf(ids);
  for (const element of linked) element.classList.add('is-linked');
}

/**
 * The passages that an element belongs to.
 * @param {HTMLElement | null} target
 */
function idsAt(target) {
  const element = target?.closest('.mark, .place');
  if (!element || !now.root?.contains(element)) return [];
  return element.matches('.place') ? [element.dataset.passage ?? ''] : passagesOf(element);
}

/**
 * Chooses a place: its words and its commentary come into view. Where the words are in view the text does not move.
 * @param {string} id of its passage
 * @param {{ from?: 'mark' | 'place' | null, sheet?: sheet.Detent }} how where the choice was made, and how high a sheet opens
 */
export function select(id, { from = null, sheet: detent = 'low' } = {}) {
  closeCandidates();
  const place = placeOf(id);
  if (!place) return;
  focusPlace(id);
  const [mark] = piecesOf(id);
  if (!now.text) {
    // Quote and commentary stand together: what was chosen in them is in view.
    if (!from) mark?.scrollIntoView({ block: 'center', behavior: 'instant' });
    return;
  }
  if (isNarrow()) { sheet.open(detent); return; }
  // In a list the card may be far from its words, and is what one wants to see; beside them it comes to where one reads.
  if (from === 'mark' && mode() === 'list') place.element.scrollIntoView({ block: 'nearest', behavior: 'instant' });
  else if (mark && !isInView(mark)) mark.scrollIntoView({ block: 'center', behavior: 'instant' });
  margin.fit();
  margin.lay();
}

/**
 * Whether words begin inside of the window.
 * @param {HTMLElement} mark
 */
function isInView(mark) {
  const [box] = mark.getClientRects();
  // Without a text a quote is as wide as its place.
  const column = (now.text ?? mark).getBoundingClientRect();
  return !!box && box.top >= edge() && box.bottom <= innerHeight && box.right > column.left && box.left < column.right;
}

export function release() {
  closeCandidates();
  link([]);
  focusPlace(null);
  sheet.close();
}

/**
 * The first card of a place, with the focus.
 * @param {string} id
 */
export function toCard(id) {
  select(id, { from: 'mark' });
  const card = placeOf(id)?.element.querySelector('.card') ?? placeOf(id)?.element;
  if (!card) return;
  card.tabIndex = -1;
  card.focus({ preventScroll: !!now.text && !isNarrow() });
}

/** @param {string | undefined} id */
export function toMark(id) {
  const mark = piecesOf(id ?? null)[0];
  mark?.focus({ preventScroll: true });
  if (mark && !isInView(mark)) mark.scrollIntoView({ block: 'center', behavior: 'instant' });
}

/**
 * Who has written about a passage, and how the first comment begins: passages that share words look alike.
 * @param {string} id
 * @returns {HTMLElement[]}
 */
function saidOn(id) {
  const element = placeOf(id)?.element;
  const names = [...new Set([...element?.querySelectorAll('.card .author') ?? []].map(author => author.textContent?.trim() ?? ''))];
  const said = element?.querySelector('.card .prose') ?? element?.querySelector('.card .help') ?? element?.querySelector('.quote');
  const words = said?.textContent?.trim().replace(/\s+/g, ' ') ?? '';
  const who = make('bdi', { class: 'who' }, names.slice(0, MOST_NAMES).join(' · ') + (names.length > MOST_NAMES ? ' …' : ''));
  return [who, make('span', { lang: said?.lang || null, dir: said?.dir || 'auto' }, words)];
}

/** How many code units its words have. @param {string} id */
const sizeOf = id => piecesOf(id).reduce((length, piece) => length + (piece.textContent ?? '').length, 0);

/**
 * Asks which of the passages of a mark is meant, where it has several.
 * @param {HTMLElement} mark
 * @param {(id: string) => void} then
 */
export function choose(mark, then) {
  const ids = passagesOf(mark).filter(id => placeOf(id)?.element.hidden === false).sort((a, b) => sizeOf(a) - sizeOf(b));
  closeCandidates();
  if (ids.length < 2) { if (ids[0]) then(ids[0]); return; }
  const rows = ids.map(id => {
    const button = make('button', { type: 'button' }, ...saidOn(id));
    button.addEventListener('click', () => { closeCandidates(); then(id); });
    return make('li', {}, button);
  });
  const list = make('div', { class: 'candidates', role: 'group', 'aria-label': word('candidates'), 'data-own': 'candidates' }, make('ol', {}, ...rows));
  now.root.append(list);
  const box = mark.getClientRects()[0];
  const width = list.offsetWidth;
  list.style.left = `${Math.max(8, Math.min(box.left, document.documentElement.clientWidth - width - 8))}px`;
  const room = innerHeight - box.bottom > list.offsetHeight + 8;
  list.style.top = `${room ? box.bottom + 4 : Math.max(8, box.top - list.offsetHeight - 4)}px`;
  candidates = { list, mark };
  list.querySelector('button')?.focus({ preventScroll: true });
}

/** True when there were candidates to close. */
export function closeCandidates() {
  if (!candidates) return false;
  const { list, mark } = candidates;
  const hadFocus = list.contains(document.activeElement);
  list.remove();
  candidates = null;
  if (hadFocus && mark.isConnected) mark.focus({ preventScroll: true });
  return true;
}

document.addEventListener('pointerover', event => { if (now.root && event.pointerType !== 'touch') link(idsAt(targetOf(event))); });
document.addEventListener('focusin', event => {
  if (!now.root) return;
  const element = targetOf(event);
  link(idsAt(element));
  now.at = element && now.text?.contains(element) ? { element, id: element.id, block: now.blocks.indexOf(element) } : null;
  const place = element?.closest('.place');
  if (place && place.dataset.passage !== now.focus) focusPlace(place.dataset.passage);
});

document.addEventListener('click', event => {
  if (!now.root || event.defaultPrevented) return;
  const target = targetOf(event);
  if (candidates && !candidates.list.contains(target)) closeCandidates();
  if (target?.closest('a, button, input, textarea, select, label, summary')) return;
  const mark = target?.closest('.mark');
  const place = target?.closest('.place');
  if (mark && now.text?.contains(mark) && mode() !== 'clean') {
    // A click that ends a selection chooses nothing.
    if (!chosen().isCollapsed) return;
    choose(mark, id => select(id, { from: 'mark' }));
  } else if (place && now.list.contains(place) && chosen().isCollapsed) {
    select(place.dataset.passage ?? '', { from: 'place' });
  }
});
