// @ts-check
// While somebody writes tags: offers those of the library that hold what is typed, as a combobox (ARIA 1.2, list autocomplete). The
// field is complete without it. The tags are asked for once for each form, when somebody comes to the field.
import { isComposing, onArrival, parsed, targetOf } from './dom.js';

const CHOICES = 8;
/** What divides tags; the server divides by the same. */
const DIVIDERS = /[,，、;；،\n]/u;
/** Between the list and its field, and between the list and the edge of the window, in pixels. */
const GAP = 4;

/** @type {WeakMap<HTMLFormElement, Promise<string[]>>} */
const known = new WeakMap();
/** @type {HTMLInputElement | null} The field whose list is open. */
let open = null;

/** @param {Element | null} element @returns {HTMLInputElement | null} */
const fieldOf = element => element instanceof HTMLInputElement && element.name === 'Form.Tags' && listOf(element) ? element : null;
/** @param {HTMLInputElement} field @returns {HTMLElement | null} */
const listOf = field => field.parentElement?.querySelector('[role="listbox"]') ?? null;
/** @param {HTMLInputElement} field @returns {HTMLElement[]} */
const optionsOf = field => [...listOf(field)?.querySelectorAll('li') ?? []];

/**
 * Equal for words that differ in capitals, accents, width or vowel points only.
 * @param {string} text
 */
const folded = text => text.normalize('NFKD').replace(/\p{Mn}/gu, '').toLowerCase();

/**
 * @param {HTMLInputElement} field
 * @returns {Promise<string[]>}
 */
function tagsFor(field) {
  const form = field.form;
  if (!form) return Promise.resolve([]);
  const asked = known.get(form) ?? fetch('/tags').then(async answer => answer.ok ? parsed(await answer.text(), []) : []).catch(() => {
    known.delete(form);
    return [];
  });
  known.set(form, asked);
  return asked;
}

/**
 * The tag that the caret stands in: where it begins and ends in the field, and what of it stands before the caret.
 * @param {HTMLInputElement} field
 */
function typedAt(field) {
  const { value } = field;
  const caret = field.selectionStart ?? value.length;
  let [start, end] = [caret, caret];
  while (start > 0 && !DIVIDERS.test(value[start - 1])) start--;
  while (end < value.length && !DIVIDERS.test(value[end])) end++;
  return { start, end, part: folded(value.slice(start, caret).trim()) };
}

/**
 * Tags that begin with what is typed come before those that hold it elsewhere.
 * @param {string[]} tags
 * @param {HTMLInputElement} field
 */
function found(tags, field) {
  const { start, end, part } = typedAt(field);
  if (!part) return [];
  const others = `${field.value.slice(0, start)},${field.value.slice(end)}`.split(DIVIDERS).map(tag => tag.trim());
  const matching = tags.filter(tag => folded(tag).includes(part) && !others.includes(tag));
  const begins = matching.filter(tag => folded(tag).startsWith(part));
  const choices = [...begins, ...matching.filter(tag => !begins.includes(tag))].slice(0, CHOICES);
  return choices.length === 1 && choices[0] === field.value.slice(start, end).trim() ? [] : choices;
}

/** @param {HTMLInputElement} field */
async function offer(field) {
  const tags = await tagsFor(field);
  const choices = document.activeElement === field ? found(tags, field) : [];
  const list = listOf(field);
  if (!list || choices.length === 0) return close();
  open = field;
  list.replaceChildren(...choices.map((tag, at) => {
    const option = Object.assign(document.createElement('li'), { id: `tag-choice-${at}`, role: 'option', dir: 'auto', textContent: tag });
    option.setAttribute('aria-selected', 'false');
    return option;
  }));
  list.showPopover();
  field.setAttribute('aria-expanded', 'true');
  field.removeAttribute('aria-activedescendant');
  place(field, list);
}

/**
 * Below the field, or above it where there is more room.
 * @param {HTMLInputElement} field
 * @param {HTMLElement} list
 */
function place(field, list) {
  const { top, bottom, left, right } = field.getBoundingClientRect();
  const view = globalThis.visualViewport;
  const [from, to] = [view?.offsetTop ?? 0, (view?.offsetTop ?? 0) + (view?.height ?? innerHeight)];
  const isAbove = to - bottom < list.offsetHeight + GAP && top - from > to - bottom;
  list.style.minWidth = `${right - left}px`;
  list.style.maxWidth = `${document.documentElement.clientWidth - 2 * GAP}px`;
  list.style.top = `${isAbove ? Math.max(from + GAP, top - list.offsetHeight - GAP) : bottom + GAP}px`;
  const start = getComputedStyle(field.parentElement ?? field).direction === 'rtl' ? right - list.offsetWidth : left;
  list.style.left = `${Math.max(GAP, Math.min(start, document.documentElement.clientWidth - list.offsetWidth - GAP))}px`;
}

function close() {
  const list = open && listOf(open);
  if (list?.matches(':popover-open')) list.hidePopover();
  open?.setAttribute('aria-expanded', 'false');
  open?.removeAttribute('aria-activedescendant');
  open = null;
}

/**
 * @param {HTMLInputElement} field
 * @param {number} by 1 for the next choice, -1 for the one before
 */
function step(field, by) {
  const options = optionsOf(field);
  const at = options.findIndex(option => option.getAttribute('aria-selected') === 'true');
  const next = options[(at < 0 && by < 0 ? options.length - 1 : at + by + options.length) % options.length];
  options.forEach(option => option.setAttribute('aria-selected', `${option === next}`));
  field.setAttribute('aria-activedescendant', next.id);
  next.scrollIntoView({ block: 'nearest' });
}

/**
 * @param {HTMLInputElement} field
 * @param {string} tag
 */
function choose(field, tag) {
  const { start, end } = typedAt(field);
  const before = field.value.slice(0, start);
  const divider = DIVIDERS.exec(before)?.[0] ?? ',';
  // Full-width dividers bring their own space.
  const space = /[,;،\n]/u.test(divider) ? ' ' : '';
  const written = `${before}${before ? space : ''}${tag}${divider}${space}`;
  field.setRangeText(written, 0, end, 'end');
  close();
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
}

document.addEventListener('focusin', event => {
  const field = fieldOf(targetOf(event));
  if (!field) return;
  field.setAttribute('role', 'combobox');
  field.setAttribute('aria-autocomplete', 'list');
  field.setAttribute('aria-controls', listOf(field)?.id ?? '');
  field.setAttribute('aria-expanded', 'false');
  tagsFor(field);
});
document.addEventListener('focusout', event => { if (event.target === open) close(); });

document.addEventListener('input', event => {
  const field = fieldOf(targetOf(event));
  if (field && !(event instanceof InputEvent && event.isComposing)) offer(field);
});
document.addEventListener('compositionend', event => {
  const field = fieldOf(targetOf(event));
  if (field) offer(field);
});

// Before all others: Escape closes the list and not the form, Enter takes a choice and does not send.
document.addEventListener('keydown', event => {
  const field = fieldOf(targetOf(event));
  if (!field || isComposing(event) || event.ctrlKey || event.metaKey || event.altKey) return;
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const chosen = open && optionsOf(field).find(option => option.getAttribute('aria-selected') === 'true');
  if (by && !open) offer(field);
  else if (by) step(field, by);
  else if (event.key === 'Enter' && chosen) choose(field, chosen.textContent ?? '');
  else if (event.key === 'Escape' && open) close();
  else return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);

// The field keeps the focus, and a phone its keyboard.
document.addEventListener('pointerdown', event => {
  if (open && targetOf(event)?.closest('[role="listbox"]') === listOf(open)) event.preventDefault();
});
document.addEventListener('click', event => {
  const option = targetOf(event)?.closest('[role="option"]');
  if (open && option && optionsOf(open).includes(/** @type {HTMLElement} */ (option))) choose(open, option.textContent ?? '');
});

for (const type of ['scroll', 'resize']) addEventListener(type, event => { if (open && event.target !== listOf(open)) close(); }, true);
// The form has gone, or has come anew.
onArrival(close);
