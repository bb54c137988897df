// @ts-check
// State of the page that is shown, shared by the modules of the reader, so that nothing of a replaced page is kept.
import { parsed } from '../dom.js';
import { forget } from './quote.js';

const BLOCKS = 'p, h1, h2, h3, h4, h5, h6, li, blockquote, pre, dt, dd, td, th, figcaption';

/**
 * @typedef {object} Place the commentary on one passage, with what the margin has measured of it in pixels
 * @property {HTMLElement} element
 * @property {string} id of the passage
 * @property {number} height
 * @property {number} want where its words begin, from the top of the list
 * @property {number} line height of the first line of its words; 0 where the text does not have them
 * @property {number} [top] where it stands, from the top of the list
 */

/**
 * @typedef {object} Shown
 * @property {HTMLElement} root the part of the page that has the text and its commentary
 * @property {HTMLElement} text null where only passages are, without the text that they stand in
 * @property {HTMLElement} margin the column or sheet of commentary
 * @property {HTMLElement} list the list of places in it
 * @property {Place[]} places in the order of the text
 * @property {HTMLElement[]} blocks the paragraphs
 * @property {Map<string, HTMLElement[]>} pieces the marks of each passage; its quote where there is no text
 * @property {string | null} focus the passage that has been chosen
 * @property {HTMLElement | null} block the present paragraph
 * @property {{ element: HTMLElement, id: string, block: number } | null} at what of the text had the focus last
 */

// Elements that a page lacks are null. Listeners on the document ask for `root` before they go on; what they call relies on it.
const nothing = () => ({ root: null, text: null, margin: null, list: null, places: [], blocks: [], pieces: new Map(), focus: null, block: null, at: null });

export const now = /** @type {Shown} */ (/** @type {unknown} */ (nothing()));

/** After the last page with a text. */
export const empty = () => Object.assign(now, nothing());

/** @param {Element} element */
export const isRtl = element => getComputedStyle(element).direction === 'rtl';
export const isNarrow = () => matchMedia('(max-width: 59.99rem)').matches;
export const mode = () => now.root?.dataset.mode;
export const mayWrite = () => now.root?.dataset.mayWrite !== undefined;
/** @param {string | null | undefined} id */
export const placeOf = id => now.places.find(place => place.id === id);
/** The passages whose words a mark has. @param {HTMLElement} mark */
export const passagesOf = mark => (mark.dataset.passages ?? '').split(' ').filter(Boolean);
/** The marks of a passage. @param {string | null} id @returns {HTMLElement[]} */
export const piecesOf = id => now.pieces.get(id ?? '') ?? [];
/** The values of an attribute that lists them with spaces between. @param {Place} place @param {string} name */
export const valuesOf = (place, name) => (place.element.dataset[name] ?? '').split(' ').filter(Boolean);
/** @param {Place} place @returns {string[]} */
export const tagsOf = place => parsed(place.element.dataset.tags, []);

/**
 * A text in the page's language; the script has none of its own.
 * @param {string} name
 * @param {...(string | number)} values what its `{0}`, `{1}` … stand for
 */
export function word(name, ...values) {
  /** @type {HTMLTemplateElement | null} */
  const words = now.root.querySelector('template[data-words]');
  const text = words?.content.querySelector(`[data-word="${name}"]`)?.textContent?.trim() ?? '';
  return values.reduce((/** @type {string} */ said, value, i) => said.replace(`{${i}}`, `${value}`), text);
}

/**
 * Makes an element: `make('button', { type: 'button', class: 'x' }, child, …)`.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name
 * @param {Record<string, string | number | boolean | null | undefined>} attributes those without a value, or with `false`, are left out
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value === true ? '' : `${value}`);
  element.append(...children);
  return element;
}

/**
 * Puts an element of the script's own into the page, in the place of the one from before.
 * @template {HTMLElement} T
 * @param {HTMLElement | null} parent
 * @param {T} element which its `data-own` names
 * @param {boolean} first whether it goes before what is there
 */
export function put(parent, element, first = false) {
  if (!parent) return element;
  [...parent.children].find(child => child.getAttribute('data-own') === element.dataset.own)?.remove();
  if (first) parent.prepend(element); else parent.append(element);
  return element;
}

/** Reads the page; true when it has a reader. */
export function read() {
  const root = document.querySelector('[data-reader]');
  const text = root?.querySelector('#text') ?? null;
  Object.assign(now, { root, text, margin: root?.querySelector('aside.margin') ?? null, list: root?.querySelector('#places') ?? null });
  if (!root) return false;
  if (text) {
    forget(text);
    root.dataset.live = '';
  }
  now.blocks = [...text?.querySelectorAll(BLOCKS) ?? []].filter(block => !block.querySelector(BLOCKS));
  now.pieces = new Map();
  for (const mark of text?.querySelectorAll('.mark') ?? [])
    for (const id of passagesOf(mark)) {
      const pieces = now.pieces.get(id) ?? [];
      pieces.push(mark);
      now.pieces.set(id, pieces);
    }
  const known = new Map(now.places.map(place => [place.element, place]));
  now.places = [...(now.list?.querySelectorAll(':scope > .place') ?? [])].map(element => {
    const place = known.get(element) ?? { element, id: '', height: 0, want: 0, line: 0 };
    place.id = element.dataset.passage ?? '';
    return place;
  });
  if (text) {
    const order = new Map([...now.pieces.keys()].map((id, i) => [id, i]));
    now.places.sort((a, b) => (order.get(a.id) ?? 1e9) - (order.get(b.id) ?? 1e9));
  } else {
    now.places.sort((a, b) => Number(a.element.dataset.number) - Number(b.element.dataset.number));
    for (const { id, element } of now.places) {
      const quote = element.querySelector('.quote');
      if (quote) now.pieces.set(id, [quote]);
    }
  }
  if (!placeOf(now.focus)) now.focus = null;
  if (now.block && !now.blocks.includes(now.block)) now.block = null;
  return true;
}
