// @ts-check
// The search box: results as one pauses, keys to walk through them, and the way back to them. Without it Enter searches.
import { isComposing, isTyping, onArrival, targetOf } from './dom.js';

const PAUSE = 300;
const find = /** @type {HTMLInputElement | null} */ (document.getElementById('find'));
const typedIn = () => find?.value.trim() ?? '';
let pause = 0;
// Whether the box holds something that no address has yet.
let typed = false;
// The address that the present burst of typing has put into the history, or null. A burst lasts until Enter, or until one leaves the
// box or the page. It has one entry there: its later searches replace it, and never the entry of another search.
/** @type {string | null} */
let own = null;

const isHere = () => location.pathname === '/search';
const shown = () => new URLSearchParams(location.search);
/** @param {MouseEvent | KeyboardEvent} event */
const isPlain = event => !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;

/** Whether the page shows the first results of what stands in the box. */
const isShown = () => (shown().get('q') ?? '').trim() === typedIn() && !shown().has('after');

/** Whether the present entry of the history may go: it is of this burst, or it is the page without a search. */
const isOwn = () => location.href === own || !shown().get('q')?.trim();

function search() {
  clearTimeout(pause);
  typed = false;
  const wanted = new URLSearchParams();
  const sort = shown().get('sort');
  if (typedIn()) wanted.set('q', typedIn());
  if (sort !== null) wanted.set('sort', sort);
  const replaces = isOwn() || isShown();
  globalThis.Blazor?.navigateTo(`/search${wanted.size > 0 ? `?${wanted}` : ''}`, { replaceHistoryEntry: replaces });
  // Blazor changes the address before it asks the server.
  own = location.href;
}

// An input method that composes is not done: nothing is asked for until it is.
/**
 * @param {Event} event
 */
function listen(event) {
  clearTimeout(pause);
  typed = true;
  // Blazor moves the focus to the new page unless something else takes it meanwhile; typing on does.
  find?.dispatchEvent(new FocusEvent('focusin', { bubbles: true }));
  if (event instanceof InputEvent && event.isComposing || event.type === 'compositionstart' || !isHere() || !globalThis.Blazor) return;
  pause = setTimeout(() => {
    if (!isHere()) return;
    if (isShown()) typed = false;
    else search();
  }, PAUSE);
}
for (const type of ['input', 'compositionstart', 'compositionend']) find?.addEventListener(type, listen);

find?.form?.addEventListener('submit', event => {
  clearTimeout(pause);
  typed = false;
  if (!isHere() || !globalThis.Blazor) return;
  event.preventDefault();
  search();
  own = null;
  // As where Enter comes from another page: the next keys walk through the results.
  document.getElementById('focus')?.focus({ preventScroll: true });
});

// The box is left for something else of the page; another window leaves the focus where it is.
find?.addEventListener('blur', () => { if (document.activeElement !== find) own = null; });
addEventListener('popstate', () => {
  clearTimeout(pause);
  typed = false;
  own = null;
});

// Escape: the browser would clear the search field.
find?.addEventListener('keydown', event => {
  if (event.key !== 'Escape' || isComposing(event)) return;
  event.preventDefault();
  find.blur();
});

// By their place on the keyboard, so that every layout has them.
/**
 * @param {number} by 1 for the next result, -1 for the one before
 */
function step(by) {
  const links = [...document.querySelectorAll('.result .open')];
  const at = links.findIndex(link => link.closest('.result')?.contains(document.activeElement));
  const next = links[at < 0 ? Math.min(by, 0) : at + by];
  next?.focus({ preventScroll: true });
  next?.closest('.result')?.scrollIntoView({ block: 'nearest', behavior: 'instant' });
}

document.addEventListener('keydown', event => {
  const by = { KeyJ: 1, KeyK: -1 }[event.code];
  if (!by || !isHere() || !isPlain(event) || isComposing(event) || isTyping(targetOf(event))) return;
  event.preventDefault();
  step(by);
});

// Back leads to the same results, at the same place, on the link that was followed.
/** Of each address of results: how far the page was scrolled, in pixels, and the address of the link that was followed.
 * @type {Map<string, { top: number, link: string }>} */
const places = new Map();
/** @type {string | null} */
let returning = null;
document.addEventListener('click', event => {
  const link = targetOf(event)?.closest('.search a[href]');
  if (!(link instanceof HTMLAnchorElement) || !isPlain(event)) return;
  clearTimeout(pause);
  typed = false;
  places.set(location.href, { top: scrollY, link: link.href });
}, true);
addEventListener('popstate', () => { returning = location.href; });

function comeBack() {
  const place = returning !== null && returning === location.href ? places.get(returning) : null;
  returning = null;
  if (!place) return;
  [.../** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll('.search a[href]'))].find(link => link.href === place.link)?.focus({ preventScroll: true });
  const scroll = () => scrollTo({ top: place.top, behavior: 'instant' });
  scroll();
  // Once more when the page is drawn: a browser may put back a position by itself only then. Chromium does so before.
  requestAnimationFrame(() => requestAnimationFrame(scroll));
}

// Marks the present results as being replaced; the answer removes the attribute.
/** @param {boolean} is */
const busy = is => document.getElementById('found')?.setAttribute('aria-busy', `${is}`);
addEventListener('unhandledrejection', () => busy(false));

onArrival(() => {
  const asked = shown().get('q') ?? '';
  if (find && !typed && typedIn() !== asked.trim()) find.value = asked;
  comeBack();
});
const attach = () => globalThis.Blazor?.addEventListener('enhancednavigationstart', () => { if (isHere()) busy(true); });
if (globalThis.Blazor) attach(); else addEventListener('load', attach);
