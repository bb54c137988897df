// @ts-check
// Where a link leads: what the address names is outlined (class target), has the focus and stands in view.
import { edge, onArrival, targetOf } from './dom.js';

const here = () => location.pathname + location.search;
let page = here();
/** The path of the page before this one; empty where the browser has loaded this one anew. */
let before = '';
/** What an id in the address may belong to, the best first: a comment, its thread, a passage. */
const NAMED = { a: 'atp', t: 'ta', p: 'p', m: 'p', in: 'apt' };

/**
 * @param {keyof typeof NAMED} kind
 * @param {string | null | undefined} id
 */
function find(kind, id) {
  if (!id) return null;
  const element = [...NAMED[kind]].map(letter => document.getElementById(`${letter}-${id}`)).find(one => one !== null);
  // Of a thread the comment that it begins with.
  return element?.matches('li:not(.place)') ? element.querySelector('.card') : element ?? null;
}

// Of a long source the page has one window. A fragment is not sent to the server: what it names in another window is asked for
// by the query, which links of the program have (links of before have not).
/** @param {string | undefined} id */
function seek(id) {
  const url = new URL(location.href);
  if (!id || !document.querySelector('[data-window]') || url.searchParams.get('in') === id) return;
  url.searchParams.delete('at');
  url.searchParams.set('in', id);
  location.replace(url);
}

/** Whether the page has the text of a source: there reader.js leads to the words and the card beside them. */
export const hasText = () => !!document.querySelector('[data-reader] #text');

/**
 * The comment or passage that the address names, now outlined; null where it names none. The browser sets :target only when it
 * loads a page itself; here Blazor follows the links.
 */
export function named() {
  const query = new URLSearchParams(location.search);
  const [, kind, id] = /^#([ampt])-(.+)$/.exec(location.hash) ?? [];
  const inside = query.get('in');
  // Who goes back from a form to a window of a long source, or reads on in its text, is not led to what the window begins with.
  const isWindow = (hasText() || before === location.pathname) && inside === document.querySelector('[data-window]')?.dataset.window;
  const element = find('a', query.get('at')) ?? find(/** @type {keyof typeof NAMED} */ (kind), id)
    ?? (location.hash || isWindow ? null : find('in', inside));
  if (!element) {
    seek(id);
    // The server has outlined what the page is about.
    return document.querySelector('.card.target');
  }
  document.querySelectorAll('.target').forEach(other => other.classList.remove('target'));
  element.classList.add('target');
  return element;
}

/**
 * Leads to a comment or a passage: all that it is folded into opens, it gets the focus and comes into view.
 * @param {HTMLElement} element
 */
export function land(element) {
  unfold(element);
  if (!element.hasAttribute('tabindex')) element.tabIndex = -1;
  element.focus({ preventScroll: true });
  show(element);
}

/** @param {HTMLElement} element */
export function unfold(element) {
  element.querySelector(':scope > details.unfold')?.setAttribute('open', '');
  for (let outer = element.parentElement?.closest('details'); outer; outer = outer.parentElement?.closest('details')) outer.open = true;
}

/** Brings an element into view, unless all of it is. @param {HTMLElement} element */
function show(element) {
  const sheet = element.closest('aside.margin');
  const isSheet = !!sheet && getComputedStyle(sheet).position === 'fixed';
  const from = isSheet ? edge(sheet.querySelector(':scope > .handle')) : edge();
  const { top, bottom, height } = element.getBoundingClientRect();
  if (top >= from && bottom <= innerHeight) return;
  const room = innerHeight - from;
  // In the middle; where there is little room, or it is tall, from its beginning.
  const wanted = from + (isSheet || height > room - 64 ? 16 : (room - height) / 2);
  (isSheet ? sheet : window).scrollBy({ top: top - wanted, behavior: 'instant' });
}

/**
 * Runs something when the address comes to name something else of the same page.
 * @param {() => void} act
 */
export function onJump(act) {
  addEventListener('hashchange', act);
  // Blazor follows such a link by itself, of which the browser does not tell; a link to another page is still under way then.
  document.addEventListener('click', event => {
    if (targetOf(event)?.closest('a[href*="#"]')) setTimeout(() => { if (here() === page) act(); });
  });
}

onArrival(() => {
  before = page.split('?')[0];
  page = here();
});
