// How the page looks: its mode, what of the commentary is shown, in which order and in which colours.
import { now, mode, valuesOf, tagsOf, piecesOf, passagesOf, placeOf, mayWrite, isNarrow, make, put, word } from './state.js';
import { indexOf, quoteBetween, unitAt } from './quote.js';
import * as margin from './margin.js';
import * as selection from './selection.js';
import * as sheet from './sheet.js';

const COLOURS = 6;
const OTHER = COLOURS + 1;
// What a reader chooses to see, in this browser.
const VIEW = 'annotator-view';
const view = () => { try { return JSON.parse(localStorage.getItem(VIEW) ?? '{}'); } catch { return {}; } };
let own = { source: null, mode: null, before: null };
let filter = { source: null, person: '', tag: '', language: '', sort: 'place' };

const languageName = tag => { try { return new Intl.DisplayNames(document.documentElement.lang, { type: 'language' }).of(tag) ?? tag; } catch { return tag; } };
const kinds = {
  person: { of: place => valuesOf(place, 'people'), name: id => now.list.querySelector(`[data-person="${CSS.escape(id)}"] .author`)?.textContent.trim() ?? id },
  tag: { of: tagsOf, name: tag => tag },
  language: { of: place => valuesOf(place, 'languages'), name: languageName },
};

export function refresh() {
  const { source } = now.root.dataset;
  if (own.source !== source) own = { source, mode: null, before: null };
  if (filter.source !== source) filter = { source, person: '', tag: '', language: '', sort: 'place' };
  for (const select of now.root.querySelectorAll('select[data-set]')) {
    const chosen = view()[select.dataset.set];
    if (chosen && [...select.options].some(option => option.value === chosen)) select.value = now.root.dataset[select.dataset.set] = chosen;
  }
  if (own.mode) now.root.dataset.mode = own.mode;
  if (mode() === 'aligned' && now.root.dataset.vertical !== undefined) now.root.dataset.mode = 'list';
  press();
  colour();
  if (now.margin) filters();
  show();
  paragraphs();
}

/** Into a mode, or back from it. */
export function toggle(wanted) {
  const present = mode();
  const next = present === wanted ? (wanted === 'list' || own.before === wanted ? 'aligned' : own.before ?? 'aligned') : wanted;
  own = { source: now.root.dataset.source, mode: next, before: present };
  now.root.dataset.mode = next === 'aligned' && now.root.dataset.vertical !== undefined ? 'list' : next;
  press();
  if (isNarrow() && mode() === 'list') sheet.open('tall');
  else if (isNarrow()) sheet.close();
  show();
}

function press() {
  for (const button of now.root.querySelectorAll('[data-do^="mode:"]')) button.setAttribute('aria-pressed', `${button.dataset.do === `mode:${mode()}`}`);
}

document.addEventListener('change', event => {
  const set = event.target.dataset?.set;
  if (!set || !now.root?.contains(event.target)) return;
  now.root.dataset[set] = event.target.value;
  localStorage.setItem(VIEW, JSON.stringify({ ...view(), [set]: event.target.value }));
  colour();
  show();
});

export function outline() {
  const outline = now.root.querySelector('details.outline');
  if (!outline) return;
  outline.open = !outline.open;
  if (outline.open) outline.querySelector('a')?.focus();
}

function matches(place) {
  const { density } = now.root.dataset;
  if (place.element.querySelector('#composer')) return true;
  if (density === 'none' || density === 'replies' && Number(place.element.dataset.comments) < 2) return false;
  if (density === 'mine' && place.element.dataset.mine === undefined) return false;
  return mode() !== 'list' || Object.entries(kinds).every(([kind, { of }]) => !filter[kind] || of(place).includes(filter[kind]));
}

function show() {
  for (const place of now.places) place.element.hidden = !matches(place);
  const quiet = new Set(now.places.filter(place => place.element.hidden).map(place => place.id));
  for (const pieces of now.pieces.values())
    for (const piece of pieces) piece.classList.toggle('is-quiet', passagesOf(piece).every(id => quiet.has(id)));
  sort();
  margin.request(true);
  document.dispatchEvent(new Event('reader:shown'));
}

const newest = place => Number(place.element.dataset.newest ?? 0);
const orders = {
  place: () => 0,
  newest: (a, b) => newest(b) - newest(a),
  discussed: (a, b) => Number(b.element.dataset.comments) - Number(a.element.dataset.comments),
};

// The order of the elements is that of reading aloud and of the Tab key too.
function sort() {
  const wanted = mode() === 'list' ? [...now.places].sort(orders[filter.sort] ?? orders.place) : now.places;
  const present = [...(now.list?.children ?? [])].filter(child => child.matches('.place'));
  if (wanted.every((place, i) => place.element === present[i])) return;
  const active = document.activeElement;
  // Whoever writes there is not moved; an input method would lose what it composes.
  if (now.list.contains(active) && active.matches('textarea, input')) return;
  now.list.append(...wanted.map(place => place.element));
  if (active !== document.activeElement) active.focus({ preventScroll: true });
}

function filters() {
  const field = (kind, label, options) => {
    const select = make('select', { id: `only-${kind}` }, ...options.map(([value, text]) => make('option', { value }, text)));
    select.value = filter[kind];
    if (select.selectedIndex < 0) { select.selectedIndex = 0; filter[kind] = select.value; }
    select.addEventListener('change', () => { filter[kind] = select.value; show(); });
    return make('div', {}, make('label', { for: select.id }, label), select);
  };
  const values = kind => [...new Set(now.places.flatMap(kinds[kind].of))].map(value => [value, kinds[kind].name(value)]).sort((a, b) => a[1].localeCompare(b[1], document.documentElement.lang));
  put(now.margin, make('div', { class: 'filters', role: 'group', 'aria-label': word('filters'), 'data-own': 'filters' },
    field('sort', word('sort'), Object.keys(orders).map(order => [order, word(`sort-${order}`)])),
    ...Object.keys(kinds).map(kind => field(kind, word(`by-${kind}`), [['', word('everything')], ...values(kind)]))), true);
}

// The most frequent get a colour each, the rest one together; the line under the words differs too.
function colour() {
  const kind = kinds[now.root.dataset.colour];
  const bar = now.root.querySelector('.bar');
  if (!kind || !now.list) {
    bar?.querySelector('[data-own="legend"]')?.remove();
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
  for (const place of now.places) place.element.dataset.colour = numbers.get(kind.of(place)[0]) ?? OTHER;
  for (const mark of now.text.querySelectorAll('.mark')) {
    const place = passagesOf(mark).map(placeOf).find(Boolean);
    if (place) mark.dataset.colour = place.element.dataset.colour;
  }
  const item = (text, number) => make('li', {}, make('span', { class: 'mark', 'data-colour': number, dir: 'auto' }, text));
  const items = [...numbers].map(([value, number]) => item(kind.name(value), number));
  if (now.places.some(place => place.element.dataset.colour === `${OTHER}`)) items.push(item(word('others'), OTHER));
  if (bar) put(bar, make('ul', { class: 'legend', 'aria-label': word('legend'), 'data-own': 'legend' }, ...items));
}

// Where fingers select badly: a whole paragraph at once. No text in them, they stand in the text.
function paragraphs() {
  if (!mayWrite()) return;
  const label = word('paragraph');
  for (const [i, block] of now.blocks.entries()) {
    if (!block.textContent.trim() || block.closest('table') || block.querySelector(':scope > .para')) continue;
    const button = make('button', { type: 'button', class: 'para', 'data-own': 'para', 'aria-label': label.replace('{0}', i + 1), tabindex: -1 });
    button.addEventListener('click', () =>
      selection.comment(quoteBetween(indexOf(now.text).text, unitAt(now.text, block, 0), unitAt(now.text, block, block.childNodes.length))));
    block.prepend(button);
  }
}
