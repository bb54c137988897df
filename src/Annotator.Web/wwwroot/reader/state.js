// What the page shows now. Everything else asks here, so that a page that was replaced leaves nothing behind.
import { forget } from './quote.js';

const BLOCKS = 'p, h1, h2, h3, h4, h5, h6, li, blockquote, pre, dt, dd, td, th, figcaption';

export const now = { root: null, text: null, margin: null, list: null, places: [], blocks: [], pieces: new Map(), focus: null, block: null, at: null };
export const isNarrow = () => matchMedia('(max-width: 59.99rem)').matches;
export const isRtl = element => getComputedStyle(element).direction === 'rtl';
export const mode = () => now.root?.dataset.mode;
export const mayWrite = () => now.root?.dataset.mayWrite !== undefined;
export const placeOf = id => now.places.find(place => place.id === id);
export const passagesOf = mark => (mark.dataset.passages ?? '').split(' ').filter(Boolean);
export const piecesOf = id => now.pieces.get(id) ?? [];
export const valuesOf = (place, name) => (place.element.dataset[name] ?? '').split(' ').filter(Boolean);
export const tagsOf = place => { try { return JSON.parse(place.element.dataset.tags ?? '[]'); } catch { return []; } };

/** A text in the page's language; the script has none of its own. */
export function word(name, ...values) {
  const text = now.root.querySelector('template[data-words]')?.content.querySelector(`[data-word="${name}"]`)?.textContent.trim() ?? '';
  return values.reduce((said, value, i) => said.replace(`{${i}}`, value), text);
}

/** Makes an element: `make('button', { type: 'button', class: 'x' }, child, …)`. */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value === true ? '' : value);
  element.append(...children);
  return element;
}

/** Puts an element of the script's own into the page, in the place of the one from before. */
export function put(parent, element, first = false) {
  if (!parent) return element;
  [...parent.children].find(child => child.dataset.own === element.dataset.own)?.remove();
  if (first) parent.prepend(element); else parent.append(element);
  return element;
}

/** Reads the page; true when it has a reader. */
export function read() {
  const root = document.querySelector('[data-reader]');
  const text = root?.querySelector('#text') ?? null;
  Object.assign(now, { root, text, margin: root?.querySelector('aside.margin') ?? null, list: root?.querySelector('#places') ?? null });
  if (!text) return false;
  forget(text);
  root.dataset.live = '';
  now.blocks = [...text.querySelectorAll(BLOCKS)].filter(block => !block.querySelector(BLOCKS));
  now.pieces = new Map();
  for (const mark of text.querySelectorAll('.mark'))
    for (const id of passagesOf(mark)) {
      if (!now.pieces.has(id)) now.pieces.set(id, []);
      now.pieces.get(id).push(mark);
    }
  const known = new Map(now.places.map(place => [place.element, place]));
  now.places = [...(now.list?.querySelectorAll(':scope > .place') ?? [])].map(element => {
    const place = known.get(element) ?? { element, height: 0, want: 0, isStub: false };
    place.id = element.dataset.passage;
    return place;
  });
  const order = new Map([...now.pieces.keys()].map((id, i) => [id, i]));
  now.places.sort((a, b) => (order.get(a.id) ?? 1e9) - (order.get(b.id) ?? 1e9));
  if (!placeOf(now.focus)) now.focus = null;
  if (!now.blocks.includes(now.block)) now.block = null;
  return true;
}
