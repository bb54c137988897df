// @ts-check
// The keyboard alone. Letters by their place on the keyboard, so that every layout has them; signs by what they write.
import { now, passagesOf, placeOf, piecesOf, isNarrow, isRtl } from './state.js';
import { chosen, focused, isComposing, isTyping, targetOf } from '../dom.js';
import { segmentsOf, stepOver, indexOf, unitAt, rangeBetween, quoteBetween } from './quote.js';
import * as selection from './selection.js';
import * as links from './links.js';
import * as looks from './looks.js';
import * as sheet from './sheet.js';
import { readFrom } from './position.js';
import { help, isHelpOpen } from './help.js';

let going = 0;
/** @param {Node | null} element */
const isInText = element => !!now.text?.contains(element);

/** One paragraph at a time is a stop of the Tab key: the present one. */
export function refresh() {
  for (const block of now.blocks) if (block.tabIndex === 0 && block !== now.block) block.removeAttribute('tabindex');
  const stop = now.block ?? now.blocks[0];
  if (stop) stop.tabIndex = 0;
}

/**
 * The paragraph that something of the text lies in.
 * @param {Node | null} node
 */
function blockAt(node) {
  const element = node instanceof Text ? node.parentElement : node;
  return now.blocks.find(block => block === element || block.contains(element));
}

/** The paragraph that has the focus, or the one of the selection, or the first in view. */
function present() {
  const active = focused();
  const anchor = chosen().anchorNode;
  return (isInText(active) && blockAt(active)) || (anchor && isInText(anchor) && blockAt(anchor)) || null;
}

function inView() {
  const from = readFrom();
  return now.blocks.find(block => block.getBoundingClientRect().bottom > from) ?? now.blocks[0];
}

/**
 * Makes a paragraph the present one.
 * @param {HTMLElement} block
 */
export function stop(block) {
  now.block?.removeAttribute('tabindex');
  now.block = block;
  refresh();
}

/**
 * @param {HTMLElement | undefined} block
 */
function toBlock(block) {
  if (!block) return;
  stop(block);
  block.focus({ preventScroll: true });
}

/**
 * @param {HTMLElement | undefined} block
 */
function focusBlock(block) {
  toBlock(block);
  block?.scrollIntoView({ block: 'nearest' });
}

/**
 * To another paragraph; false where the browser scrolls instead.
 * @param {number} by 1 for the next, -1 for the one before
 */
function walk(by) {
  const block = present();
  if (!block || block !== document.activeElement) { focusBlock(block ?? inView()); return true; }
  // A paragraph that is longer than the window is scrolled through first.
  const box = block.getBoundingClientRect();
  if (!isVertical() && (by > 0 ? box.bottom > innerHeight && box.top <= readFrom() + 10 : box.top < readFrom() - 20 && box.bottom >= innerHeight - 30)) return false;
  const next = now.blocks[now.blocks.indexOf(block) + by];
  if (next) chosen().removeAllRanges();
  focusBlock(next);
  return true;
}

// The words of the focused paragraph: where they begin in the text, and what of them is selected.
function words() {
  const block = present() ?? inView();
  if (!block) return null;
  if (now.block !== block || document.activeElement !== block) focusBlock(block);
  const start = unitAt(now.text, block, 0);
  const end = unitAt(now.text, block, block.childNodes.length);
  const { anchorNode, anchorOffset, focusNode, focusOffset } = chosen();
  /** @type {(node: Node, offset: number) => number} */
  const at = (node, offset) => unitAt(now.text, node, offset) - start;
  const isInside = anchorNode && focusNode && block.contains(anchorNode) && block.contains(focusNode);
  const [anchor, focus] = isInside ? [at(anchorNode, anchorOffset), at(focusNode, focusOffset)] : [0, 0];
  return { start, text: indexOf(now.text).text.slice(start, end), language: block.closest('[lang]')?.lang, anchor, focus };
}

/**
 * Selects words of a paragraph.
 * @param {{ start: number }} paragraph where it begins in the text
 * @param {number} anchor code units from there
 * @param {number} focus
 */
function choose({ start }, anchor, focus) {
  const range = rangeBetween(now.text, start + Math.min(anchor, focus), start + Math.max(anchor, focus));
  const { startContainer, startOffset, endContainer, endOffset } = range;
  if (anchor > focus) chosen().setBaseAndExtent(endContainer, endOffset, startContainer, startOffset);
  else chosen().setBaseAndExtent(startContainer, startOffset, endContainer, endOffset);
}

/**
 * @param {'word' | 'sentence'} granularity
 * @param {boolean} forwards
 */
function extend(granularity, forwards) {
  const { isCollapsed, anchorNode, anchorOffset, focusNode, focusOffset } = chosen();
  const isHere = !isCollapsed && isInText(anchorNode) && isInText(focusNode);
  const at = isHere ? null : words();
  if (!isHere && !at) return false;
  const [anchor, focus] = at ? [at.start + at.anchor, at.start + at.focus]
    : [unitAt(now.text, anchorNode ?? now.text, anchorOffset), unitAt(now.text, focusNode ?? now.text, focusOffset)];
  choose({ start: 0 }, anchor, stepFrom(focus, granularity, forwards));
  return true;
}

/**
 * A step from a position of the text, on into other paragraphs. The paragraph in which it ends has the focus then.
 * @param {number} position in code units
 * @param {'word' | 'sentence'} granularity
 * @param {boolean} forwards
 */
function stepFrom(position, granularity, forwards) {
  const { text } = indexOf(now.text);
  for (const block of forwards ? now.blocks : [...now.blocks].reverse()) {
    const [start, end] = [0, block.childNodes.length].map(offset => unitAt(now.text, block, offset));
    if (forwards ? end <= position : start >= position) continue;
    const parts = segmentsOf(text.slice(start, end), granularity, block.closest('[lang]')?.lang);
    const next = start + stepOver(parts, position - start, forwards);
    if (next === position) continue;
    if (document.activeElement !== block) focusBlock(block);
    return next;
  }
  return position;
}

/**
 * @param {boolean} forwards
 */
function moveTo(forwards) {
  const at = words();
  if (!at) return false;
  const parts = segmentsOf(at.text, 'word', at.language);
  const [low, high] = [Math.min(at.anchor, at.focus), Math.max(at.anchor, at.focus)];
  const next = forwards ? parts.find(part => part.start >= high) : parts.findLast(part => part.end <= low);
  if (next) choose(at, next.start, next.end);
  return true;
}

function sentence() {
  const at = words();
  if (!at) return;
  const parts = segmentsOf(at.text, 'sentence', at.language);
  const first = Math.min(at.anchor, at.focus);
  const present = parts.findIndex(part => part.end > first);
  const again = parts[present]?.start === first && parts[present]?.end === Math.max(at.anchor, at.focus);
  const part = parts[again ? present + 1 : present] ?? parts[0];
  if (part) choose(at, part.start, part.end);
}

// Runs an action on the selected words, else on those of the focused paragraph: the keys h, a and t.
/**
 * @param {(quote: selection.Quote | null) => void} action
 */
function act(action) {
  const found = selection.selected();
  const block = blockAt(focused());
  if (found) action(found);
  else if (!block || !isInText(focused())) return false;
  else action(quoteBetween(indexOf(now.text).text, unitAt(now.text, block, 0), unitAt(now.text, block, block.childNodes.length)));
  return true;
}

/**
 * To another place.
 * @param {number} by 1 for the next, -1 for the one before
 */
function step(by) {
  // In a list that is sorted, the next one of the list.
  const places = (now.text ? now.places : [...now.places].sort((a, b) => a.element.compareDocumentPosition(b.element) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1))
    .filter(place => !place.element.hidden && piecesOf(place.id).length > 0);
  const mark = focused().closest('.mark');
  const present = mark && now.focus && passagesOf(mark).includes(now.focus) ? now.focus : mark ? passagesOf(mark)[0] : now.focus;
  let index = places.findIndex(place => place.id === present);
  if (index < 0) {
    const from = readFrom();
    const next = places.findIndex(place => piecesOf(place.id)[0].getBoundingClientRect().top > from);
    index = by > 0 ? (next < 0 ? places.length : next) - 1 : next < 0 ? places.length : next;
  }
  const place = places[index + by];
  if (!place) {
    // The next one may be in another window of the source.
    /** @type {HTMLAnchorElement | null} */
    const other = document.querySelector(`.windows a[rel="${by > 0 ? 'next' : 'prev'}"]`);
    other?.click();
    return;
  }
  links.select(place.id);
  links.toMark(place.id);
}

/**
 * Follows the link or presses the button of a comment.
 * @param {string} task
 */
function follow(task) {
  const card = focused().closest('.places .card, .notes .card') ?? placeOf(now.focus)?.element.querySelector('.card');
  const links = [.../** @type {NodeListOf<HTMLAnchorElement> | undefined} */ (card?.querySelectorAll('.actions a')) ?? []];
  const link = card?.querySelector(`[data-do="${task}"]`) ?? links.find(a => new URL(a.href).searchParams.has(task));
  link?.click();
  return !!link;
}

/** Follows the link of the present passage to comment on it. */
function comment() {
  /** @type {HTMLElement | null | undefined} */
  const link = placeOf(now.focus)?.element.querySelector('[data-do="comment"]');
  link?.click();
  return !!link;
}

// Escape goes back one step: from composer to card, to words, to paragraph.
/**
 * @param {HTMLElement} target
 */
function back(target) {
  if (links.closeCandidates()) return true;
  if (selection.isOpen()) { selection.hide(); chosen().removeAllRanges(); return true; }
  const place = target.closest('.place');
  const form = target.closest('#composer');
  if (form && place) { toCardOrMark(place, form); return true; }
  if (form) { target.blur(); return true; }
  if (isTyping(target)) return false;
  if (place && target !== piecesOf(place.dataset.passage ?? null)[0]) { sheet.close(); links.toMark(place.dataset.passage); return true; }
  const mark = target.closest('.mark');
  if (mark && isInText(mark)) { links.release(); toBlock(blockAt(mark)); return true; }
  if (now.focus || sheet.isOpen()) { links.release(); return true; }
  return false;
}

/**
 * @param {HTMLElement} place
 * @param {HTMLElement} form
 */
function toCardOrMark(place, form) {
  const card = form.closest('.card') ?? place.querySelector('.card');
  if (!card) { links.toMark(place.dataset.passage); return; }
  card.tabIndex = -1;
  card.focus({ preventScroll: !isNarrow() });
}

/**
 * @param {HTMLElement} target
 */
function enter(target) {
  if (target.matches('.place .quote')) { links.toCard(now.focus ?? ''); return true; }
  if (target.matches('.mark')) { links.choose(target, links.toCard); return true; }
  return target.matches('.card') && follow('reply');
}

/** @type {Record<string, () => boolean>} */
const letters = {
  KeyS: () => { sentence(); return true; },
  KeyH: () => act(selection.highlight), KeyA: () => act(selection.comment) || !now.text && comment(), KeyT: () => act(selection.tag),
  KeyJ: () => { step(1); return true; }, KeyK: () => { step(-1); return true; },
  KeyR: () => follow('reply'), KeyE: () => follow('edit'),
  KeyU: () => { /** @type {HTMLElement | null} */ const undo = document.querySelector('.toast button'); undo?.click(); return !!undo; },
  KeyM: () => { looks.toggle('list'); return true; },
  KeyG: () => { going = Date.now(); return true; },
};

/** After `g`.
 * @type {Record<string, () => boolean>} */
const places = {
  KeyL: () => { document.querySelector('header a[href="/"]')?.click(); return true; },
  KeyS: () => { scrollTo({ top: 0 }); document.getElementById('focus')?.focus({ preventScroll: true }); return true; },
};

const isVertical = () => !!now.text && getComputedStyle(now.text).writingMode === 'vertical-rl';

// Arrow keys by the direction of the text: along the line, and from line to line, also in vertical text.
/**
 * @param {KeyboardEvent} event
 * @param {HTMLElement} target
 */
function arrows(event, target) {
  const right = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const low = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const [across, down] = isVertical() ? [low, right && -right] : [right, low];
  if (!isInText(target) || target.closest('a')) return false;
  if (down) return event.shiftKey ? extend('sentence', down > 0) : walk(down);
  const forwards = across && (across > 0) !== (!isVertical() && isRtl(present() ?? now.text));
  return across ? (event.shiftKey ? extend('word', !!forwards) : moveTo(!!forwards)) : false;
}

/**
 * Whether the key was one of the reader's.
 * @param {KeyboardEvent} event
 */
function handle(event) {
  const { key, code } = event;
  const target = targetOf(event) ?? document.body;
  if (key === 'Escape') return back(target);
  if (isTyping(target)) return false;
  if (key.startsWith('Arrow')) return arrows(event, target);
  if (key === 'Enter' && !event.shiftKey) return enter(target);
  if (now.root.dataset.keys === 'off') return false;
  if (key === '?') { help(); return true; }
  if (event.shiftKey) return false;
  if (key === '\\') { looks.toggle('clean'); return true; }
  const goes = going && Date.now() - going < 1500;
  going = 0;
  return ((goes && places[code]) || letters[code])?.() ?? false;
}

// Listens before annotator.js, which closes menus: Escape must do one thing only.
document.addEventListener('keydown', event => {
  if (!now.root || isComposing(event) || isHelpOpen() || event.defaultPrevented) return;
  if (event.ctrlKey || event.metaKey || event.altKey && !event.getModifierState('AltGraph')) return;
  if (event.key === 'Escape' && document.querySelector('details.menu[open]')) return;
  if (targetOf(event)?.closest('[role="toolbar"], [role="separator"]') && event.key !== 'Escape') return;
  if (handle(event)) event.preventDefault();
}, true);

document.addEventListener('click', event => {
  const wish = targetOf(event)?.closest('button[data-do]');
  if (!(wish instanceof HTMLButtonElement) || !now.root?.contains(wish) || wish.type === 'submit') return;
  const [task, value] = (wish.dataset.do ?? '').split(':');
  if (task === 'mode') looks.toggle(value);
  else if (task === 'keys') help();
});
