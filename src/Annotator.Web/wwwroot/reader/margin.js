// @ts-check
// The margin beside the text: every place of commentary as near to its words as the others allow.
import { now, mode, piecesOf, isNarrow, isRtl, make, put, word } from './state.js';
import { settle } from './layout.js';

/** @typedef {import('./state.js').Place} Place */

const GAP = 8;
const WIDTH = 'annotator-margin';
const [NARROWEST, WIDEST, STEP] = [320, 400, 16];
let frame = 0;
let isStale = true;
const sizes = new ResizeObserver(entries => {
  for (const { target, borderBoxSize } of entries) {
    const place = target.matches('.place') ? now.places.find(one => one.element === target) : null;
    if (!place) isStale = true;
    else if (!place.isStub) place.height = borderBoxSize[0].blockSize;
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

/** Whether places stand beside their words. */
export const isAligned = () => mode() === 'aligned' && !isNarrow() && now.root.dataset.vertical === undefined;

export function refresh() {
  sizes.disconnect();
  if (!now.list) return;
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
    place.isStub = false;
    place.element.classList.remove('is-stub');
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
    for (const place of now.places) place.height = 0;
    isStale = true;
  }
  const shown = now.places.filter(place => !place.element.hidden);
  if (isStale) measure(shown);
  const focus = shown.findIndex(place => place.id === now.focus);
  if (focus >= 0 && !shown[focus].isStub) shown[focus].height = shown[focus].element.offsetHeight;
  const settled = settle(shown, focus, { gap: GAP, stub: 34, far: innerHeight });
  write(shown, settled);
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
    place.height ||= place.element.offsetHeight;
  }
  shown.sort((a, b) => a.want - b.want);
  isStale = false;
}

/**
 * @param {Place[]} shown
 * @param {ReturnType<typeof settle>} settled
 */
function write(shown, settled) {
  let end = 0;
  const lines = ['', ''];
  shown.forEach((place, i) => {
    const { top, isStub } = settled[i];
    if (place.isStub !== isStub) place.element.classList.toggle('is-stub', isStub);
    place.isStub = isStub;
    if (place.top !== top || !place.element.style.transform) place.element.style.transform = `translateY(${top}px)`;
    place.top = top;
    end = Math.max(end, top + (isStub ? 34 : place.height));
    const line = place.want + place.line / 2;
    if (Math.abs(top - place.want) > place.line / 2 && place.line > 0) lines[place.id === now.focus ? 1 : 0] += `M0 ${Math.round(line)}L20 ${Math.round(top + 16)}`;
  });
  now.list.style.blockSize = `${Math.ceil(end)}px`;
  leaders(lines);
}

/**
 * Draws the lines from places to their words.
 * @param {string[]} lines paths: of all places but the focused one, and of that
 */
function leaders(lines) {
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
  svg.style.insetBlockStart = `${now.list.offsetTop}px`;
  for (const [i, line] of lines.entries()) svg.children[i].setAttribute('d', line);
}

// How wide the margin is: by pointer or by keys, kept in this browser.
/** @param {number | string | null} value in pixels */
function widthOf(value) { return Math.min(WIDEST, Math.max(NARROWEST, Math.round(Number(value)) || 352)); }

/** @param {number} value in pixels */
function widen(value) {
  const width = widthOf(value);
  now.root.style.setProperty('--margin-width', `${width}px`);
  now.margin.querySelector('[role="separator"]')?.setAttribute('aria-valuenow', `${width}`);
  localStorage.setItem(WIDTH, `${width}`);
}

function separator() {
  const width = widthOf(localStorage.getItem(WIDTH));
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
