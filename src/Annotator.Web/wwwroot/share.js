// @ts-check
// What a button with data-share offers: to copy the link, to copy the quote with its source, and what the device shares with. The button
// says with attributes:
//   data-share="ADDRESS"      what the link leads to, on this site
//   data-quotes="“ ”"         the quotation marks of the comment; a quote (blockquote) has its own
// The menu, #share-menu, and the line that says that something was copied, #share-said, are in the page.
import { focused, onArrival, targetOf } from './dom.js';

const SAID_FOR = 4_000;
/** @type {HTMLElement | null} The button that the menu was opened with. */
let opener = null;
let saying = 0;

const menu = () => document.getElementById('share-menu');
/** @returns {HTMLElement[]} */
const items = () => [.../** @type {NodeListOf<HTMLElement>} */ (menu()?.querySelectorAll('[data-share-as]:not([hidden])') ?? [])];

/**
 * The words of an element as they are read: no annotations above them.
 * @param {Element | null | undefined} element
 */
function wordsOf(element) {
  if (!element) return '';
  const copy = /** @type {HTMLElement} */ (element.cloneNode(true));
  copy.querySelectorAll('rt, rp').forEach(reading => reading.remove());
  for (const block of copy.querySelectorAll('p, li, blockquote, pre, br')) block.append('\n');
  return (copy.textContent ?? '').replace(/\n\s*\n\s*/gu, '\n').trim();
}

/**
 * What is quoted: the words of the passage, else those of the comment, with who wrote them.
 * @param {HTMLElement} button
 */
function quoted(button) {
  const place = button.closest('.place') ?? button.closest('.reading.narrow');
  const quote = /** @type {HTMLElement | null} */ (place?.querySelector('blockquote.quote') ?? null);
  const card = button.closest('article.card');
  const source = document.querySelector('header.source');
  const marks = (quote?.dataset.quotes ?? button.dataset.quotes ?? '“ ”').split(' ');
  const link = new URL(button.dataset.share ?? '', location.origin).href;
  return {
    words: `${marks[0]}${wordsOf(quote ? quote.querySelector('mark') : card?.querySelector('.prose'))}${marks[1]}`,
    hasWords: !!(quote ?? card?.querySelector('.prose')),
    author: wordsOf(quote ? source?.querySelector('[data-source-author]') : card?.querySelector('.author')),
    title: wordsOf(source?.querySelector('h1')),
    address: (quote && /** @type {HTMLAnchorElement | null} */ (source?.querySelector('a.original'))?.href) || link,
    link,
  };
}

/** @typedef {ReturnType<typeof quoted>} Quoted */

/** @param {Quoted} it */
const plain = it => `${it.words} — ${[it.author, it.title === it.address ? '' : it.title, it.address].filter(Boolean).join(', ')}`;

/** @param {string} text */
const escaped = text => text.replace(/[\\`*_{}[\]<>#|~]/gu, '\\$&');

/** @param {Quoted} it */
function markdown(it) {
  const address = it.address.replace(/[()<>\s]/gu, c => `%${c.charCodeAt(0).toString(16)}`);
  const from = [it.author && escaped(it.author), `[${escaped(it.title || it.address)}](${address})`].filter(Boolean).join(', ');
  return `> ${escaped(it.words).replaceAll('\n', '\n> ')}\n>\n> — ${from}\n`;
}

/** @param {string} text */
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Over plain http a browser has no clipboard for scripts.
    const before = focused();
    const field = document.createElement('textarea');
    field.value = text;
    field.className = 'unseen';
    document.body.append(field);
    field.select();
    const isDone = document.execCommand('copy');
    field.remove();
    before.focus({ preventScroll: true });
    return isDone;
  }
}

/** @param {string | undefined} words */
function say(words) {
  const line = document.getElementById('share-said');
  if (!line) return;
  line.textContent = words ?? '';
  clearTimeout(saying);
  saying = setTimeout(() => { line.textContent = ''; }, SAID_FOR);
}

/** @param {HTMLElement} item */
async function act(item) {
  const button = opener;
  if (!button) return;
  close();
  const it = quoted(button);
  const as = item.dataset.shareAs;
  if (as === 'native') {
    // Whoever changes their mind there has not failed.
    await navigator.share({ title: it.title, text: it.hasWords ? it.words : it.title, url: it.link }).catch(() => {});
    return;
  }
  const isDone = await copied(as === 'link' ? it.link : as === 'markdown' ? markdown(it) : plain(it));
  const said = document.getElementById('share-said')?.dataset;
  say(isDone ? said?.done : said?.failed);
}

function close() {
  if (menu()?.matches(':popover-open')) menu()?.hidePopover();
  opener?.setAttribute('aria-expanded', 'false');
  opener?.focus({ preventScroll: true });
  opener = null;
}

/** @param {HTMLElement} button */
function open(button) {
  const list = menu();
  if (!list) return;
  const { hasWords } = quoted(button);
  for (const item of /** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll('[data-share-as]'))) {
    const as = item.dataset.shareAs;
    item.hidden = as === 'native' ? !('share' in navigator) : as !== 'link' && !hasWords;
  }
  opener = button;
  say('');
  button.setAttribute('aria-expanded', 'true');
  list.showPopover();
  const at = button.getBoundingClientRect();
  const size = list.getBoundingClientRect();
  const isRtl = getComputedStyle(button).direction === 'rtl';
  const left = isRtl ? at.right - size.width : at.left;
  const top = at.bottom + size.height < innerHeight ? at.bottom : at.top - size.height;
  list.style.left = `${Math.max(8, Math.min(left, document.documentElement.clientWidth - size.width - 8))}px`;
  list.style.top = `${Math.max(8, Math.min(top, innerHeight - size.height - 8))}px`;
  items()[0]?.focus();
}

document.addEventListener('click', event => {
  const target = targetOf(event);
  const item = /** @type {HTMLElement | null} */ (target?.closest('[data-share-as]') ?? null);
  const button = /** @type {HTMLElement | null} */ (target?.closest('[data-share]') ?? null);
  if (item) act(item);
  else if (button && button !== opener) open(button);
  else if (button) close();
});

// The keys of a menu (ARIA Authoring Practices, menu button); the reader does not hear them.
document.addEventListener('keydown', event => {
  if (!opener || !menu()?.contains(targetOf(event))) return;
  const all = items();
  const here = all.indexOf(focused());
  const next = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: -1 }[event.key];
  if (next !== undefined) all.at(next % all.length)?.focus();
  else if (event.key === 'Escape' || event.key === 'Tab') close();
  else if (event.key === 'Enter' || event.key === ' ') { event.stopPropagation(); return; }
  event.preventDefault();
  event.stopPropagation();
}, { capture: true });

document.addEventListener('toggle', event => {
  if (targetOf(event) !== menu() || !(event instanceof ToggleEvent) || event.newState !== 'closed') return;
  opener?.setAttribute('aria-expanded', 'false');
  opener = null;
}, { capture: true });

addEventListener('scroll', () => { if (opener) menu()?.hidePopover(); }, { passive: true });
onArrival(() => { opener = null; });
