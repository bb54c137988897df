// Words and their commentary find each other: by pointing, by focus and by choosing.
import { now, placeOf, piecesOf, passagesOf, isNarrow, make, word, mode } from './state.js';
import * as margin from './margin.js';
import * as sheet from './sheet.js';

let linked = [];
let candidates = null;

export function refresh() {
  closeCandidates();
  linked = [];
  for (const pieces of now.pieces.values()) if (!pieces[0].hasAttribute('tabindex')) pieces[0].tabIndex = 0;
  for (const thread of now.root.querySelectorAll('.thread')) {
    const replies = thread.querySelectorAll('.replies > li').length;
    if (replies > 0) thread.dataset.replies = word('replies', replies);
  }
  if (now.focus) focusPlace(now.focus);
}

const elementsOf = ids => ids.flatMap(id => [...piecesOf(id), placeOf(id)?.element]).filter(Boolean);

function link(ids) {
  for (const element of linked) element.classList.remove('is-linked');
  linked = elementsOf(ids);
  for (const element of linked) element.classList.add('is-linked');
}

function idsAt(target) {
  const element = target?.closest?.('.mark, .place');
  if (!element || !now.root?.contains(element)) return [];
  return element.matches('.place') ? [element.dataset.passage] : passagesOf(element);
}

/** The place takes its exact height and shows all that it has; the others make room. */
export function focusPlace(id) {
  for (const element of now.root.querySelectorAll('.is-focused')) element.classList.remove('is-focused');
  now.focus = id && placeOf(id) ? id : null;
  if (now.focus) for (const element of elementsOf([now.focus])) element.classList.add('is-focused');
  margin.request();
}

/** Chooses a place: its words and its commentary come into view. */
export function select(id, { from = null, sheet: detent = 'low', now: atOnce = false } = {}) {
  closeCandidates();
  const place = placeOf(id);
  if (!place) return;
  focusPlace(id);
  const behavior = atOnce ? 'instant' : undefined;
  if (isNarrow()) { sheet.open(detent, behavior); return; }
  margin.lay();
  const [mark] = piecesOf(id);
  if (from === 'mark') (mode() === 'clean' ? mark : place.element).scrollIntoView({ block: 'nearest', behavior });
  else mark?.scrollIntoView({ block: from ? 'nearest' : 'center', behavior });
}

export function release() {
  closeCandidates();
  link([]);
  focusPlace(null);
  sheet.close();
}

/** The first card of a place, with the focus. */
export function toCard(id) {
  select(id, { from: 'mark' });
  const card = placeOf(id)?.element.querySelector('.card') ?? placeOf(id)?.element;
  if (!card) return;
  card.tabIndex = -1;
  card.focus({ preventScroll: !isNarrow() });
}

export function toMark(id) {
  piecesOf(id)[0]?.focus();
}

// Several passages share these words: the reader says which.
const sizeOf = id => piecesOf(id).reduce((length, piece) => length + piece.textContent.length, 0);

export function choose(mark, then) {
  const ids = passagesOf(mark).filter(id => placeOf(id)).sort((a, b) => sizeOf(a) - sizeOf(b));
  closeCandidates();
  if (ids.length < 2) { if (ids[0]) then(ids[0]); return; }
  const rows = ids.map(id => {
    const element = placeOf(id).element;
    const quote = element.querySelector('.quote');
    const button = make('button', { type: 'button', lang: quote?.lang || null, dir: quote?.dir || 'auto' }, quote?.textContent.trim() || piecesOf(id).map(piece => piece.textContent).join(''));
    button.addEventListener('click', () => { closeCandidates(); then(id); });
    return make('li', {}, button);
  });
  candidates = make('div', { class: 'candidates', role: 'group', 'aria-label': word('candidates'), 'data-own': 'candidates' }, make('ol', {}, ...rows));
  now.root.append(candidates);
  const box = mark.getClientRects()[0];
  const width = candidates.offsetWidth;
  candidates.style.left = `${Math.max(8, Math.min(box.left, document.documentElement.clientWidth - width - 8))}px`;
  const room = innerHeight - box.bottom > candidates.offsetHeight + 8;
  candidates.style.top = `${room ? box.bottom + 4 : Math.max(8, box.top - candidates.offsetHeight - 4)}px`;
  candidates.of = mark;
  candidates.querySelector('button').focus({ preventScroll: true });
}

/** True when there were candidates to close. */
export function closeCandidates() {
  if (!candidates) return false;
  const { of } = candidates;
  const hadFocus = candidates.contains(document.activeElement);
  candidates.remove();
  candidates = null;
  if (hadFocus && of.isConnected) of.focus({ preventScroll: true });
  return true;
}

document.addEventListener('pointerover', event => { if (now.root && event.pointerType !== 'touch') link(idsAt(event.target)); });
document.addEventListener('focusin', event => {
  if (!now.root) return;
  const ids = idsAt(event.target);
  link(ids);
  now.at = now.text.contains(event.target) ? { element: event.target, id: event.target.id, block: now.blocks.indexOf(event.target) } : null;
  const place = event.target.closest?.('.place');
  if (place && place.dataset.passage !== now.focus) focusPlace(place.dataset.passage);
});

document.addEventListener('click', event => {
  if (!now.root || event.defaultPrevented) return;
  if (candidates && !candidates.contains(event.target)) closeCandidates();
  if (event.target.closest?.('a, button, input, textarea, select, label, summary')) return;
  const mark = event.target.closest?.('.mark');
  const place = event.target.closest?.('.place');
  if (mark && now.text.contains(mark) && mode() !== 'clean') {
    // The end of a selection is not a choice.
    if (!getSelection().isCollapsed) return;
    choose(mark, id => select(id, { from: 'mark' }));
  } else if (place && now.list.contains(place) && getSelection().isCollapsed) {
    select(place.dataset.passage, { from: 'place' });
  }
});
