// @ts-check
// Merges what others have written into the open page. Elements of the page say with attributes what takes part:
//   data-merge                a list with an id; its children with ids are added, replaced and removed one by one
//   data-merge="whole"        an element with an id whose content is replaced as one; with data-same it is as the page has it
// Scripts may add to what takes part: styles, classes that begin with is-, elements with data-own and the attributes of OWN.
import { edge } from '../dom.js';

const NEW_FOR = 6_000;
const MINE = /^(?:target|new|is-.*|)$/;
const OWN = ['style', 'tabindex', 'hidden', 'data-colour', 'data-replies'];

/** @typedef {{ element: HTMLElement, id: string, top: number }} Place where a piece of the page stood before */

/** @type {HTMLElement[]} What is in use and differs; it is tried again when it is free. */
let postponed = [];

/** @type {Map<string, string>} What the last part said under each id: most of a page is as it was. */
const heard = new Map();

/** @param {HTMLElement} element */
const isList = element => element.dataset.merge === '';
/** @param {ParentNode} page */
const parts = page => [...page.querySelectorAll('[data-merge]')];
const outermost = () => parts(document).filter(part => !part.parentElement?.closest('[data-merge]'));
/** @param {HTMLElement} element */
const hasParts = element => element.querySelector('[data-merge]') !== null;
/** @param {HTMLElement} element */
const childrenOf = element => /** @type {HTMLElement[]} */ ([...element.children]);

/** Another page came. */
export function forget() {
  postponed = [];
  heard.clear();
}

/** Whether an element whose change was postponed is not in use any more. */
export const isWaiting = () => postponed.some(element => !element.isConnected || !isBusy(element));

/**
 * Merges a part into the page; nothing that is read, selected or written moves or is lost.
 * @param {Document} page
 * @returns {HTMLElement[]} what was added
 */
export function mergePart(page) {
  const places = place();
  const html = document.documentElement;
  /** @type {HTMLElement[]} */
  const added = [];
  postponed = [];
  // Scroll anchoring of the browser is off during the merge: it would move the page a second time.
  html.style.setProperty('overflow-anchor', 'none');
  for (const old of outermost()) {
    const fresh = parts(page).find(other => other.id === old.id);
    if (fresh) merge(old, fresh, added);
  }
  keepPlace(places);
  const top = scrollY;
  // Elements outside of the window get their size only when they are drawn (content-visibility), so the scroll position is
  // corrected two frames later.
  requestAnimationFrame(() => requestAnimationFrame(() => {
    if (scrollY === top) keepPlace(places);
    html.style.removeProperty('overflow-anchor');
  }));
  for (const element of added) {
    element.classList.add('new');
    setTimeout(() => element.classList.remove('new'), NEW_FOR);
  }
  return added;
}

/**
 * @param {HTMLElement} old
 * @param {HTMLElement} fresh
 * @param {HTMLElement[]} added
 * @returns {HTMLElement} the element that stands there now.
 */
function merge(old, fresh, added) {
  if (fresh.dataset.same !== undefined) return old;
  if (!fresh.id) return mergeChanged(old, fresh, added);
  const said = fresh.outerHTML;
  if (heard.get(fresh.id) === said) return old;
  const before = postponed.length;
  const here = mergeChanged(old, fresh, added);
  if (postponed.length === before) heard.set(fresh.id, said);
  else heard.delete(fresh.id);
  return here;
}

/**
 * @param {HTMLElement} old
 * @param {HTMLElement} fresh
 * @param {HTMLElement[]} added
 */
function mergeChanged(old, fresh, added) {
  if (isList(old)) {
    mergeList(old, fresh, added);
    return old;
  }
  if (old.dataset.merge === undefined && (hasParts(old) || hasParts(fresh)) && mergeFrame(old, fresh, added)) return old;
  if (essence(old) === essence(fresh) && !hasParts(old)) return old;
  let now = old;
  change(old, () => {
    const copy = document.importNode(fresh, true);
    if (old.dataset.merge === 'whole') {
      old.replaceChildren(...copy.childNodes);
      if (copy.dataset.marks !== undefined) old.dataset.marks = copy.dataset.marks;
      return;
    }
    if (old.classList.contains('target')) copy.classList.add('target');
    old.replaceWith(copy);
    now = copy;
  });
  return now;
}

/**
 * Merges the parts inside of an element that is no part itself.
 * @param {HTMLElement} old
 * @param {HTMLElement} fresh
 * @param {HTMLElement[]} added
 * @returns {boolean} whether that is all there is to do
 */
function mergeFrame(old, fresh, added) {
  const freshChildren = childrenOf(fresh);
  const pairs = childrenOf(old).map((child, i) => /** @type {const} */ ([child, freshChildren[i]]));
  const fits = old.children.length === fresh.children.length
    && pairs.every(([a, b]) => a.dataset.merge === b.dataset.merge && (a.dataset.merge === undefined || a.id === b.id));
  if (fits) {
    for (const { name, value } of fresh.attributes) if (!['class', 'style'].includes(name) && old.getAttribute(name) !== value) old.setAttribute(name, value);
    for (const [a, b] of pairs) merge(a, b, added);
    return true;
  }
  if (!isBusy(old)) return false;
  // The element itself differs and is in use: it is kept for later, while its parts are brought up to date where they stand.
  postponed.push(old);
  for (const part of parts(old)) {
    const same = parts(fresh).find(other => other.id === part.id);
    if (same && part.isConnected) merge(part, same, added);
  }
  return true;
}

/**
 * @param {HTMLElement} old
 * @param {HTMLElement} fresh
 * @param {HTMLElement[]} added
 */
function mergeList(old, fresh, added) {
  const before = new Map(childrenOf(old).filter(child => child.id).map(child => [child.id, child]));
  const after = new Set(childrenOf(fresh).map(child => child.id));
  for (const [id, child] of before) if (!after.has(id)) change(child, () => child.remove());
  /** @type {HTMLElement | null} */
  let last = null;
  for (const child of childrenOf(fresh).filter(child => child.id)) {
    let next = last ? last.nextElementSibling : old.firstElementChild;
    while (next && !after.has(next.id)) next = next.nextElementSibling;
    let here = before.get(child.id);
    if (!here) {
      here = document.importNode(child, true);
      old.insertBefore(here, next);
      added.push(here);
    } else {
      const there = here;
      if (there !== next) change(there, () => { old.insertBefore(there, next); });
      here = merge(there, child, added);
    }
    last = here;
  }
}

/**
 * Runs a change of an element, or leaves it for later where somebody is using it.
 * @param {HTMLElement} element
 * @param {() => void} act
 */
function change(element, act) {
  if (isBusy(element)) postponed.push(element);
  else act();
}

/** @param {HTMLElement} element */
function isBusy(element) {
  const selection = getSelection();
  return element.contains(document.activeElement)
    || element.matches('form[data-draft]') || element.querySelector('form[data-draft], mark.pending') !== null
    || selection !== null && selection.rangeCount > 0 && !selection.isCollapsed && selection.getRangeAt(0).intersectsNode(element);
}

/**
 * What an element says, without what differs between two answers and what scripts have added. Parts speak for themselves.
 * @param {HTMLElement} element
 */
function essence(element) {
  const copy = /** @type {HTMLElement} */ (element.cloneNode(true));
  for (const each of [copy, ...copy.querySelectorAll('*')]) {
    if (each !== copy && each.dataset.merge !== undefined || each.localName === 'time') each.replaceChildren();
    for (const name of OWN) each.removeAttribute(name);
    const classes = [...each.classList].filter(name => !MINE.test(name));
    if (classes.length > 0) each.className = classes.join(' ');
    else each.removeAttribute('class');
  }
  copy.querySelectorAll('input[type=hidden], [data-own]').forEach(element => element.remove());
  return copy.outerHTML;
}

/**
 * What is seen of an element, in its smallest pieces that are merged as one. What is out of sight is not even laid out.
 * @param {HTMLElement} element
 * @param {number} least
 * @returns {Place[]}
 */
function seen(element, least) {
  const box = element.getBoundingClientRect();
  if (box.height === 0 || box.bottom <= least || box.top >= innerHeight) return [];
  return hasParts(element) || isList(element) ? childrenOf(element).flatMap(child => seen(child, least)) : [{ element, id: element.id, top: box.top }];
}

/** What must not move, the best first: a text, beside which cards make room; what one writes in; else what begins inside the window. */
function place() {
  const least = edge();
  const pieces = outermost().flatMap(list => seen(list, least));
  const active = document.activeElement;
  const held = active instanceof HTMLElement && outermost().some(list => list.contains(active)) ? seen(active, least) : [];
  const text = document.querySelector('[data-reader] #text');
  const read = text ? [{ element: text, id: text.id, top: text.getBoundingClientRect().top }] : [];
  return [...read, ...held, ...pieces.filter(piece => piece.top >= least), ...pieces.filter(piece => piece.top < least)];
}

/** @param {Place[]} places */
function keepPlace(places) {
  for (const { element, id, top } of places) {
    const here = element.isConnected ? element : id ? document.getElementById(id) : null;
    if (!here) continue;
    const moved = here.getBoundingClientRect().top - top;
    if (Math.abs(moved) >= .5) scrollBy({ top: moved, behavior: 'instant' });
    return;
  }
}
