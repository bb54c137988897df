// @ts-check
// How the page looks: its mode, what of the commentary is shown, in which order and in which colours.
import { now, mode, valuesOf, tagsOf, passagesOf, piecesOf, placeOf, mayWrite, isNarrow, make, put, word } from './state.js';
import { focused, kept, parsed, targetOf } from '../dom.js';
import { indexOf, quoteBetween, unitAt } from './quote.js';
import * as margin from './margin.js';
import * as selection from './selection.js';
import * as sheet from './sheet.js';

/** @typedef {import('./state.js').Place} Place */
/** @typedef {'person' | 'tag' | 'language'} Kind of what commentary is filtered and coloured by */

const COLOURS = 6;
const OTHER = COLOURS + 1;
// What a reader chooses to see, in this browser.
const VIEW = 'annotator-view';
/** @returns {Record<string, string>} */
const view = () => parsed(kept.get(VIEW), {});
// The mode that was chosen on this source, and the one before it.
/** @type {{ source?: string, mode: string | null, before?: string | null }} */
let own = { mode: null };
/** The passage that a link has led to: it is shown whatever else is not. */
let asked = '';
/** @type {{ source?: string, sort: Order } & Record<Kind, string>} */
let filter = { person: '', tag: '', language: '', sort: 'place' };

/** @param {string} tag */
const languageName = tag => { try { return new Intl.DisplayNames(document.documentElement.lang, { type: 'language' }).of(tag) ?? tag; } catch { return tag; } };
/** How the values of each kind are read from a place, and what they are called.
 * @type {Record<Kind, { of: (place: Place) => string[], name: (value: string) => string }>} */
const kinds = {
  person: { of: place => valuesOf(place, 'people'), name: id => now.list.querySelector(`[data-person="${CSS.escape(id)}"] .author`)?.textContent?.trim() ?? id },
  tag: { of: tagsOf, name: tag => tag },
  language: { of: place => valuesOf(place, 'languages'), name: languageName },
};

/** @type {Kind[]} */
const KINDS = ['person', 'tag', 'language'];

export function refresh() {
  const { source } = now.root.dataset;
  if (own.source !== source) own = { source, mode: null };
  if (filter.source !== source) asked = '';
  if (filter.source !== source) filter = { source, person: '', tag: '', language: '', sort: 'place' };
  for (const select of /** @type {NodeListOf<HTMLSelectElement>} */ (now.root.querySelectorAll('select[data-set]'))) {
    const { set = '' } = select.dataset;
    const wanted = view()[set];
    if (wanted && [...select.options].some(option => option.value === wanted)) select.value = now.root.dataset[set] = wanted;
  }
  if (own.mode) now.root.dataset.mode = own.mode;
  if (isVertical() && mode() === 'aligned') now.root.dataset.mode = 'list';
  press();
  colour();
  if (now.list) filters();
  show();
  paragraphs();
}

// Beside vertical lines there is no place: the commentary is a list below them.
const isVertical = () => now.root.dataset.vertical !== undefined;

/** After the lines of the text may have turned. */
export function turn() {
  const wanted = own.mode ?? 'aligned';
  const next = isVertical() && wanted === 'aligned' ? 'list' : wanted;
  if (next === mode()) return;
  now.root.dataset.mode = next;
  press();
  show();
}

/**
 * Into a mode, or back from it.
 * @param {string} wanted
 */
export function toggle(wanted) {
  const present = mode();
  const next = present === wanted ? (wanted === 'list' || own.before === wanted ? 'aligned' : own.before ?? 'aligned') : wanted;
  own = { source: now.root.dataset.source, mode: next, before: present };
  now.root.dataset.mode = next === 'aligned' && isVertical() ? 'list' : next;
  press();
  if (isNarrow() && mode() === 'list') sheet.open('tall');
  else if (isNarrow()) sheet.close();
  show();
  keepFocus();
}

// What had the focus is not shown any more: the words that it belongs to have it, else the text.
function keepFocus() {
  const active = focused();
  if (active.checkVisibility()) return;
  const id = active.closest('.place')?.dataset.passage ?? now.focus;
  (piecesOf(id)[0] ?? now.block ?? now.text ?? now.root.querySelector('button'))?.focus({ preventScroll: true });
}

/**
 * Shows a place also where the mode, the density or the filters hide it.
 * @param {Place} place
 */
export function reveal(place) {
  asked = place.id;
  if (mode() === 'clean') toggle('clean');
  else if (place.element.hidden) show();
}

function press() {
  for (const button of now.root.querySelectorAll('[data-do^="mode:"]')) button.setAttribute('aria-pressed', `${button.dataset.do === `mode:${mode()}`}`);
}

document.addEventListener('change', event => {
  const select = targetOf(event);
  const set = select?.dataset.set;
  if (!set || !(select instanceof HTMLSelectElement) || !now.root?.contains(select)) return;
  now.root.dataset[set] = select.value;
  kept.set(VIEW, JSON.stringify({ ...view(), [set]: select.value }));
  colour();
  show();
});

/**
 * Whether a place is shown under the density and the filters that are chosen.
 * @param {Place} place
 */
function matches(place) {
  const { density } = now.root.dataset;
  if (place.id === asked || place.element.querySelector('#composer')) return true;
  if (density === 'none' || density === 'replies' && Number(place.element.dataset.comments) < 2) return false;
  if (density === 'mine' && place.element.dataset.mine === undefined) return false;
  return mode() !== 'list' || KINDS.every(kind => !filter[kind] || kinds[kind].of(place).includes(filter[kind]));
}

function show() {
  for (const place of now.places) place.element.hidden = !matches(place);
  const quiet = new Set(now.places.filter(place => place.element.hidden).map(place => place.id));
  for (const pieces of now.pieces.values())
    for (const piece of pieces) piece.classList.toggle('is-quiet', passagesOf(piece).every(id => quiet.has(id)));
  const nothing = now.root.querySelector('[data-nothing]');
  if (nothing) nothing.hidden = now.places.some(place => !place.element.hidden);
  sort();
  margin.request(true);
  document.dispatchEvent(new Event('reader:shown'));
}

/** @param {Place} place */
const newest = place => Number(place.element.dataset.newest ?? 0);
/** @typedef {'place' | 'newest' | 'discussed'} Order */
/** @type {Record<Order, (a: Place, b: Place) => number>} */
const orders = {
  place: () => 0,
  newest: (a, b) => newest(b) - newest(a),
  discussed: (a, b) => Number(b.element.dataset.comments) - Number(a.element.dataset.comments),
};

// Sorts the elements themselves, as screen readers and the Tab key follow their order.
function sort() {
  const wanted = mode() === 'list' ? [...now.places].sort(orders[filter.sort]) : now.places;
  const present = [...(now.list?.children ?? [])].filter(child => child.matches('.place'));
  if (wanted.every((place, i) => place.element === present[i])) return;
  const active = focused();
  // Nothing is moved while a field in the list has the focus: an input method would lose what it composes.
  if (now.list.contains(active) && active.matches('textarea, input')) return;
  now.list.append(...wanted.map(place => place.element));
  if (active !== focused()) active.focus({ preventScroll: true });
}

function filters() {
  /** @type {(kind: Kind | 'sort', label: string, options: string[][]) => HTMLElement} */
  const field = (kind, label, options) => {
    const select = make('select', { id: `only-${kind}` }, ...options.map(([value, text]) => make('option', { value }, text)));
    select.value = filter[kind];
    const keep = () => { filter = { ...filter, [kind]: select.value }; };
    if (select.selectedIndex < 0) { select.selectedIndex = 0; keep(); }
    select.addEventListener('change', () => { keep(); show(); });
    return make('div', {}, make('label', { for: select.id }, label), select);
  };
  /** @type {(kind: Kind) => string[][]} */
  const values = kind => [...new Set(now.places.flatMap(kinds[kind].of))].map(value => [value, kinds[kind].name(value)]).sort((a, b) => a[1].localeCompare(b[1], document.documentElement.lang));
  put(now.margin ?? now.list.parentElement, make('div', { class: 'filters', role: 'group', 'aria-label': word('filters'), 'data-own': 'filters' },
    field('sort', word('sort'), Object.keys(orders).map(order => [order, word(`sort-${order}`)])),
    ...KINDS.map(kind => field(kind, word(`by-${kind}`), [['', word('everything')], ...values(kind)]))), true);
}

// Colours for the most frequent values, one for all others; the style of the underline differs as well.
function colour() {
  const { colour } = now.root.dataset;
  const kind = colour ? kinds[/** @type {Kind} */ (colour)] : undefined;
  if (!kind || !now.list) {
    now.root.querySelectorAll('[data-own="legend"]').forEach(legend => legend.remove());
    for (const element of now.root.querySelectorAll('.mark, .place')) delete element.dataset.colour;
    return;
  }
  const counts = new Map();
  for (const place of now.places) {
    const [value] = kind.of(place);
    if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const ranked = [...counts].sort((a, b) => b[1] - a[1]).map(([value]) => value);
  const numbers = new Map(ranked.slice(0, COLOURS).map((value, i) => [value, i + 1]));
  for (const place of now.places) place.element.dataset.colour = `${numbers.get(kind.of(place)[0]) ?? OTHER}`;
  for (const mark of now.text?.querySelectorAll('.mark') ?? []) {
    const place = passagesOf(mark).map(placeOf).find(one => one !== undefined);
    if (place) mark.dataset.colour = place.element.dataset.colour;
  }
  /** @type {(text: string, number: number) => HTMLElement} */
  const item = (text, number) => make('li', {}, make('span', { class: 'mark', 'data-colour': number, dir: 'auto' }, text));
  const items = [...numbers].map(([value, number]) => item(kind.name(value), number));
  if (now.places.some(place => place.element.dataset.colour === `${OTHER}`)) items.push(item(word('others'), OTHER));
  const legend = make('ul', { class: 'legend', 'aria-label': word('legend'), 'data-own': 'legend' }, ...items);
  put(now.root.querySelector('[data-legend]'), legend);
  // Where there is room for it, always in view.
  const copy = /** @type {HTMLElement} */ (legend.cloneNode(true));
  copy.setAttribute('aria-hidden', 'true');
  put(now.root.querySelector(':scope > .bar'), copy);
}

// Buttons that take a whole paragraph, for touch screens, where selecting is hard. They have no text of their own, as they stand
// inside of the text.
function paragraphs() {
  if (!mayWrite()) return;
  const label = word('paragraph');
  for (const [i, block] of now.blocks.entries()) {
    if (!block.textContent?.trim() || block.closest('table') || block.querySelector(':scope > .para')) continue;
    const button = make('button', { type: 'button', class: 'para', 'data-own': 'para', 'aria-label': label.replace('{0}', `${i + 1}`), tabindex: -1 });
    button.addEventListener('click', () =>
      selection.comment(quoteBetween(indexOf(now.text).text, unitAt(now.text, block, 0), unitAt(now.text, block, block.childNodes.length))));
    block.prepend(button);
  }
}
