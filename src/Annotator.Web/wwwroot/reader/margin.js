// @ts-check
// The margin beside the text: every place of commentary as near to its words as the others allow.
import { edge, kept } from '../dom.js';
import { now, mode, placeOf, piecesOf, isNarrow, isRtl, make, put, word } from './state.js';
import { settle } from './layout.js';
import { move } from './position.js';

/** @typedef {import('./state.js').Place} Place */

const GAP = 8;
const STUB = 34;
const WIDTH = 'annotator-margin';
const [NARROWEST, WIDEST, STEP] = [320, 400, 16];
let frame = 0;
let isStale = true;
/** @type {{ id: string | null, by: number, height: number }} How far the focused place stands from its words, so that it is in the window; its height then. */
let fitted = { id: null, by: 0, height: 0 };
/** @type {string[]} The passages under the pointer. */
let pointed = [];
// Blazor sets the classes back that a page has: what a place looks like is asked of its element.
/** @param {Place} place */
const isCut = place => place.element.matches('.is-stub, .is-away');
const sizes = new ResizeObserver(entries => {
  for (const { target, borderBoxSize } of entries) {
    const place = target.matches('.place') ? now.places.find(one => one.element === target) : null;
    if (!place) isStale = true;
    else if (!isCut(place)) place.height = borderBoxSize[0].blockSize;
  }
  // Laid out before this frame is painted, so that cards never overlap on the screen.
  lay();
});

/**
 * Lays the margin out in the next frame; with `anew` the marks are looked up again.
 * @param {boolean} anew
 */
export function request(anew = false) {
  isStale ||= anew;
  frame ||= requestAnimationFrame(lay);
}

/** The focused place comes beside its words again, as far as it is in the window there. */
export const fit = () => { fitted = { id: null, by: 0, height: 0 }; };

/** Whether places stand beside their words. */
export const isAligned = () => !!now.text && mode() === 'aligned' && !isNarrow() && now.root.dataset.vertical === undefined;

export function refresh() {
  sizes.disconnect();
  if (!now.list || !now.text) return;
  separator();
  sizes.observe(now.text);
  sizes.observe(now.margin);
  for (const place of now.places) {
    place.element.classList.toggle('is-adrift', piecesOf(place.id).length === 0);
    sizes.observe(place.element);
  }
  request(true);
}

export function leave() {
  sizes.disconnect();
  cancelAnimationFrame(frame);
  frame = 0;
}

function flow() {
  if (!now.list.hasAttribute('data-laid')) return;
  now.list.removeAttribute('data-laid');
  now.list.style.blockSize = '';
  for (const place of now.places) {
    place.element.classList.remove('is-stub', 'is-away');
    place.element.style.transform = '';
  }
  now.margin.querySelector('[data-own="leaders"]')?.remove();
}

/** At once. All reading comes before all writing. */
export function lay() {
  cancelAnimationFrame(frame);
  frame = 0;
  if (!now.list) return;
  if (!isAligned()) { flow(); return; }
  if (!now.list.hasAttribute('data-laid')) {
    now.list.setAttribute('data-laid', '');
    for (const place of now.places) {
      place.height = 0;
      place.element.classList.remove('is-stub', 'is-away');
    }
    isStale = true;
  }
  const shown = now.places.filter(place => !place.element.hidden);
  if (isStale) measure(shown);
  const focus = shown.findIndex(place => place.id === now.focus);
  if (focus < 0) fit();
  else {
    const { element } = shown[focus];
    element.classList.remove('is-stub', 'is-away');
    shown[focus].height = element.offsetHeight;
  }
  // Where somebody writes all is shown, also while another place has the focus.
  const written = now.list.querySelector('#composer')?.closest('.place');
  const wanted = shown.map((place, i) => ({ want: i === focus ? fittedTop(place) : place.want, height: place.height, isWhole: place.element === written }));
  write(shown, settle(wanted, focus, { gap: GAP, stub: STUB, far: innerHeight }));
}

/**
 * @param {Place[]} shown
 */
function measure(shown) {
  const top = now.list.getBoundingClientRect().top;
  for (const place of shown) {
    const box = piecesOf(place.id)[0]?.getClientRects()[0];
    // Commentary on words that are not in the text is placed at its end.
    place.want = box ? box.top - top : now.text.getBoundingClientRect().bottom - top;
    place.line = box?.height ?? 0;
    if (!isCut(place)) place.height ||= place.element.offsetHeight;
  }
  shown.sort((a, b) => a.want - b.want);
  isStale = false;
}

/**
 * Where the focused place stands: beside its words, but not outside of the window. The text is not scrolled for it; so it moves,
 * when it comes and when it grows, and not while the page is scrolled.
 * @param {Place} place
 * @returns {number} from the top of the list, in pixels
 */
function fittedTop(place) {
  const isSame = fitted.id === place.id;
  const wanted = place.want + (isSame ? fitted.by : 0);
  if (isSame && place.height <= fitted.height) return wanted;
  const { top } = now.list.getBoundingClientRect();
  const [high, low] = [edge() + GAP - top, innerHeight - GAP - top];
  /** @type {(from: number, height: number) => boolean} */
  const isSeen = (from, height) => from + height > high && from < low;
  const isHere = isSeen(place.want, place.line) || place.top !== undefined && isSeen(place.top, place.height);
  let at = wanted;
  if (isHere) {
    at = Math.max(high, Math.min(wanted, low - place.height));
    const form = place.element.querySelector('#composer') ?? place.element.querySelector('.card.target');
    // What is written, or was just now, comes first where the place is higher than the window.
    if (form) {
      const [begin, end] = [place.element, form].map(one => one.getBoundingClientRect());
      at = Math.max(high - (end.top - begin.top), Math.min(at, low - (end.bottom - begin.top)));
    }
    if (isSame) at = Math.min(wanted, at);
  }
  fitted = { id: place.id, by: Math.max(0, at) - place.want, height: place.height };
  return Math.max(0, at);
}

/**
 * @param {Place[]} shown
 * @param {import('./layout.js').Settled[]} settled
 */
function write(shown, settled) {
  let end = 0;
  shown.forEach((place, i) => {
    const { top, isStub, isAway } = settled[i];
    const { element } = place;
    element.classList.toggle('is-stub', isStub);
    element.classList.toggle('is-away', isAway);
    if (place.top !== top || !element.style.transform) element.style.transform = `translateY(${top}px)`;
    place.top = top;
    if (!isAway) end = Math.max(end, top + (isStub ? STUB : place.height));
  });
  resize(`${Math.ceil(end)}px`);
  lead();
}

/** @param {string} size of the list */
function resize(size) {
  if (now.list.style.blockSize === size) return;
  const isShorter = parseFloat(size) < parseFloat(now.list.style.blockSize);
  const top = isShorter ? scrollY : 0;
  now.list.style.blockSize = size;
  // The end of the page, which comes nearer, must not take the text along.
  if (isShorter && scrollY < top) move(top - scrollY);
}

/**
 * The places of these passages are under the pointer.
 * @param {string[]} ids
 */
export function point(ids) {
  if (ids.join() === pointed.join()) return;
  pointed = ids;
  if (now.list?.hasAttribute('data-laid')) lead();
}

// Draws the lines from words to their places: of the focused one and of those under the pointer.
function lead() {
  /** @type {SVGSVGElement | null} */
  let svg = now.margin.querySelector('svg[data-own="leaders"]');
  if (!svg) {
    svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    svg.dataset.own = 'leaders';
    svg.setAttribute('class', 'leaders');
    svg.setAttribute('aria-hidden', 'true');
    for (let i = 0; i < 2; i++) svg.append(document.createElementNS('http://www.w3.org/2000/svg', 'path'));
    // Before the places: what is drawn over a card belongs to the card.
    now.list.before(svg);
  }
  const others = pointed.filter(id => id !== now.focus);
  const origin = now.focus || others.length > 0 ? svg.getBoundingClientRect() : new DOMRect();
  svg.children[0].setAttribute('d', others.map(id => leader(id, origin)).join(''));
  svg.children[1].setAttribute('d', leader(now.focus, origin));
}

/**
 * From the end of the words, under the rest of their line to the edge of the text, to the card.
 * @param {string | null} id of a passage
 * @param {DOMRect} origin
 */
function leader(id, origin) {
  const place = placeOf(id);
  const end = [...piecesOf(id).at(-1)?.getClientRects() ?? []].at(-1);
  if (!place || !end || place.top === undefined || place.element.matches('[hidden], .is-away')) return '';
  const [column, list] = [now.text, now.list].map(element => element.getBoundingClientRect());
  // The margin is at the left of the text in right-to-left pages; the words end there on the side where the card is.
  const isLeft = list.left < column.left;
  const [from, edge, to] = isLeft ? [end.left, column.left, list.right - 3] : [end.right, column.right, list.left + 3];
  const y = end.bottom - 1;
  const top = list.top + place.top;
  const height = isCut(place) ? STUB : place.height;
  const at = Math.max(top + 10, Math.min(y, top + height - 10));
  const [x, e, t, v, w] = [from - origin.left, edge - origin.left, to - origin.left, y - origin.top, at - origin.top].map(n => Math.round(n * 10) / 10);
  return `M${x} ${v}H${e}L${t} ${w}`;
}

// How wide the margin is: by pointer or by keys, kept in this browser.
/** @param {number | string | null} value in pixels */
function widthOf(value) { return Math.min(WIDEST, Math.max(NARROWEST, Math.round(Number(value)) || 352)); }

/** @param {number} value in pixels */
function widen(value) {
  const width = widthOf(value);
  now.root.style.setProperty('--margin-width', `${width}px`);
  now.margin.querySelector('[role="separator"]')?.setAttribute('aria-valuenow', `${width}`);
  kept.set(WIDTH, `${width}`);
}

function separator() {
  const width = widthOf(kept.get(WIDTH));
  const handle = make('div', {
    role: 'separator', tabindex: 0, class: 'separator', 'data-own': 'separator', 'aria-orientation': 'vertical', 'aria-label': word('width'),
    'aria-valuemin': NARROWEST, 'aria-valuemax': WIDEST, 'aria-valuenow': width,
  });
  // The margin is at the left of the text in right-to-left pages: there the other direction makes it wider.
  const sign = () => isRtl(now.root) ? 1 : -1;
  handle.addEventListener('keydown', event => {
    const by = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key];
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    widen(Number(handle.getAttribute('aria-valuenow')) + sign() * by);
  });
  handle.addEventListener('pointerdown', event => {
    handle.setPointerCapture(event.pointerId);
    const [from, was] = [event.clientX, Number(handle.getAttribute('aria-valuenow'))];
    /** @type {(moved: PointerEvent) => void} */
    const move = moved => widen(was + sign() * (moved.clientX - from));
    handle.addEventListener('pointermove', move);
    handle.addEventListener('lostpointercapture', () => handle.removeEventListener('pointermove', move), { once: true });
  });
  put(now.margin, handle, true);
  now.root.style.setProperty('--margin-width', `${width}px`);
}

addEventListener('resize', () => request(true));
document.fonts.ready.then(() => request(true));
// The direction of the interface, the size of the type: both are attributes.
new MutationObserver(() => request(true)).observe(document.documentElement, { attributes: true, attributeFilter: ['dir', 'lang', 'data-theme'] });
