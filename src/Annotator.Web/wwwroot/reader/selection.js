// @ts-check
// What one may do with selected words: a bar beside the end of the selection, or at the lower edge where fingers select.
import { chosen, focused, targetOf } from '../dom.js';
import { now, mayWrite, isNarrow, isRtl, make, put, word } from './state.js';
import { quoteOf, rangeOf } from './quote.js';

/** @typedef {import('./quote.js').Quote} Quote */

const SETTLE = 300;
const MOST_WORDS = 100;
const SAID_FOR = 8_000;
const PATIENCE = 3_000;
const isTouch = () => isNarrow() || matchMedia('(pointer: coarse)').matches;
/** @type {HTMLElement | null} */
let bar = null;
/** @type {Quote | null} */
let quote = null;
let timer = 0;
let pressed = false;
// The highlight that is on its way, and when it was sent, in milliseconds.
const NOTHING_SENT = { start: -1, end: -1, id: '', at: 0 };
let sent = NOTHING_SENT;

export function refresh() {
  // Blazor may have made something else of its element.
  if (!now.text) { bar = null; return; }
  const wasOpen = isOpen();
  bar = put(now.root, build());
  if (wasOpen) show();
  if (quote) paint(quote);
}

/** Forgets what was selected: the page has answered. */
export function clear() {
  quote = null;
  sent = NOTHING_SENT;
  hide();
  globalThis.CSS?.highlights?.delete('pending');
}

export const hide = () => { if (bar) bar.hidden = true; };
export const isOpen = () => !!bar?.isConnected && !bar.hidden;

/** The quote of the present selection, if any of it lies in the text. */
export function selected() {
  const selection = chosen();
  if (!now.text || !selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  return range.intersectsNode(now.text) ? quoteOf(now.text, range) : null;
}

function build() {
  /** @type {[string, string | null, () => void][]} */
  const actions = mayWrite()
    ? [['highlight', 'H', highlight], ['comment', 'A', comment], ['tag', 'T', tag], ['copy', null, copy]]
    : [['copy', null, copy]];
  /** @type {HTMLElement[]} */
  const buttons = actions.map(([name, key, action]) => {
    const button = make('button', { type: 'button', 'data-act': name, 'aria-keyshortcuts': now.root.dataset.keys === 'off' ? null : key }, word(name));
    if (key && now.root.dataset.keys !== 'off') button.append(' ', make('kbd', { 'aria-hidden': 'true' }, key));
    button.addEventListener('click', () => action());
    return button;
  });
  if (!mayWrite() && now.root.dataset.signIn) buttons.push(make('a', { href: now.root.dataset.signIn, class: 'button' }, word('sign-in')));
  const element = make('div', { class: 'selected', role: 'toolbar', 'aria-label': word('selection'), hidden: true, 'data-own': 'selected' }, ...buttons);
  // A press on the bar must not take the selection away.
  element.addEventListener('pointerdown', event => event.preventDefault());
  element.addEventListener('mousedown', event => event.preventDefault());
  element.addEventListener('keydown', event => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    buttons.at((buttons.indexOf(focused()) + (isRtl(element) ? -by : by)) % buttons.length)?.focus();
  });
  return element;
}

/** Shows the bar for what is selected now, or hides it. */
export function show() {
  const found = selected();
  if (!found || !bar) { hide(); return; }
  bar.hidden = false;
  // Who signs in comes back to what they have selected.
  bar.querySelector('a')?.setAttribute('href', `/sign-in?${new URLSearchParams({ back: addressOf(found) })}`);
  bar.classList.toggle('low', isTouch());
  bar.style.left = bar.style.top = '';
  if (!isTouch()) stand(bar, chosen().getRangeAt(0));
}

// Beside the end, below it if there is room, else above the beginning, and never outside of the window.
/**
 * @param {HTMLElement} bar
 * @param {Range} range
 */
function stand(bar, range) {
  const clipped = range.cloneRange();
  if (!now.text.contains(range.endContainer)) clipped.setEnd(now.text, now.text.childNodes.length);
  if (!now.text.contains(range.startContainer)) clipped.setStart(now.text, 0);
  const boxes = [...clipped.getClientRects()].filter(box => box.width > 0 && box.height > 0);
  if (boxes.length === 0) { hide(); return; }
  const last = boxes[boxes.length - 1];
  const top = Math.min(...boxes.map(box => box.top));
  const { offsetWidth: width, offsetHeight: height } = bar;
  const end = clipped.endContainer.parentElement ?? now.text;
  const isVertical = getComputedStyle(end).writingMode.startsWith('vertical');
  const wide = document.documentElement.clientWidth;
  let left = isRtl(end) && !isVertical ? last.left : last.right - width;
  let y = last.bottom + 8;
  if (y + height > innerHeight - 8) y = top - height - 8;
  if (y < 8) {
    // Taller than the window: beside the text.
    y = Math.min(innerHeight - height - 8, Math.max(8, last.bottom - height));
    const column = now.text.getBoundingClientRect();
    left = isRtl(now.root) ? column.left - width - 8 : column.right + 8;
  }
  bar.style.left = `${Math.max(8, Math.min(left, wide - width - 8))}px`;
  bar.style.top = `${y}px`;
}

// Highlights the words (CSS Custom Highlight API) until the page answers, whatever happens to the selection.
/**
 * @param {Quote} found
 */
function paint(found) {
  if (!globalThis.CSS?.highlights || !now.text) return;
  CSS.highlights.set('pending', new Highlight(rangeOf(now.text, found.start, found.end)));
}

/**
 * @param {string} text
 */
function say(text) {
  const said = put(now.root, make('p', { class: 'toast', role: 'status', 'data-own': 'said' }));
  // Screen readers announce text that is put into a live region, not text it begins with.
  setTimeout(() => { said.textContent = text; });
  setTimeout(() => said.remove(), SAID_FOR);
}

/**
 * Takes the words over and hides the bar; null where they cannot be written about.
 * @param {Quote | null | undefined} found the words; what is selected without it
 */
function take(found) {
  quote = found ?? selected();
  if (!quote || !mayWrite()) return null;
  if (quote.exact.length > Number(now.root.dataset.most)) {
    quote = null;
    say(word('too-long', Number(now.root.dataset.most).toLocaleString(document.documentElement.lang)));
    return null;
  }
  paint(quote);
  hide();
  return quote;
}

// A random id. crypto.randomUUID exists on https pages only.
const newId = () => [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('');

/**
 * Keeps the words as a highlight.
 * @param {Quote | null} [found]
 */
export function highlight(found) {
  /** @type {HTMLFormElement | null} */
  const form = now.root.querySelector('#selection');
  const taken = form && take(found);
  if (!form || !taken) return;
  const { start, end, exact, prefix, suffix } = taken;
  // Pressed twice it is sent once; and sent again when no answer came, it is still one highlight.
  const isSame = sent.start === start && sent.end === end;
  chosen().removeAllRanges();
  if (isSame && Date.now() - sent.at < PATIENCE) return;
  sent = { start, end, id: isSame ? sent.id : newId(), at: Date.now() };
  const values = { Id: sent.id, Snapshot: now.root.dataset.snapshot, Start: start, End: end, Exact: exact, Prefix: prefix, Suffix: suffix };
  for (const [name, value] of Object.entries(values)) {
    const field = form.elements.namedItem(name) ?? form.appendChild(make('input', { type: 'hidden', name }));
    if (field instanceof HTMLInputElement) field.value = `${value ?? ''}`;
  }
  form.requestSubmit();
}

/**
 * Where these words are commented.
 * @param {Quote} taken
 * @param {Record<string, string>} [more] of the address
 */
function addressOf(taken, more) {
  const query = new URLSearchParams({ quote: `${taken.start}-${taken.end}`, snapshot: now.root.dataset.snapshot ?? '', words: [...taken.exact].slice(0, MOST_WORDS).join(''), ...more });
  return `/sources/${encodeURIComponent(now.root.dataset.source ?? '')}?${query}#composer`;
}

/**
 * @param {Quote | null} [found]
 * @param {Record<string, string>} [more] of the address
 */
function write(found, more) {
  const taken = take(found);
  if (!taken) return;
  const url = addressOf(taken, more);
  chosen().removeAllRanges();
  if (globalThis.Blazor) globalThis.Blazor.navigateTo(url);
  else location.assign(url);
}

/** @param {Quote | null} [found] */
export const comment = found => write(found);
/** @param {Quote | null} [found] */
export const tag = found => write(found, { tag: '1' });

async function copy() {
  const found = selected();
  if (!found) return;
  await navigator.clipboard?.writeText(found.exact);
  hide();
}

document.addEventListener('pointerdown', event => { pressed = !bar?.contains(targetOf(event)); if (pressed) hide(); });
document.addEventListener('pointerup', () => {
  if (!pressed || !now.root) return;
  pressed = false;
  // Later: a click into the selection clears it only after this event.
  if (!isTouch()) setTimeout(show);
});
document.addEventListener('selectionchange', () => {
  if (!now.root || pressed && !isTouch()) return;
  clearTimeout(timer);
  timer = setTimeout(() => { if (now.root && !bar?.contains(document.activeElement)) show(); }, isTouch() ? SETTLE : 100);
});
document.addEventListener('pointercancel', () => { pressed = false; });
addEventListener('scroll', () => { if (isOpen() && !isTouch()) show(); }, { passive: true });
// Copied text has no ruby annotations and soft hyphens.
document.addEventListener('copy', event => {
  const inText = now.text && chosen().rangeCount && now.text.contains(chosen().getRangeAt(0).commonAncestorContainer);
  const found = inText && now.text.querySelector('rt') ? selected() : null;
  if (!found || !event.clipboardData) return;
  event.clipboardData.setData('text/plain', found.exact);
  event.preventDefault();
});
