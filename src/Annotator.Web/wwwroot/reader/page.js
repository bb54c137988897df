// @ts-check
// Puts the parts together: what happens when the page of a source arrives, and when something in it was replaced.
import { edge } from '../dom.js';
import { land, named, onJump, unfold } from '../landing.js';
import { now, empty, read, placeOf, isNarrow, mode } from './state.js';
import { focusPlace } from './focus.js';
import * as selection from './selection.js';
import * as links from './links.js';
import * as margin from './margin.js';
import * as looks from './looks.js';
import * as rail from './rail.js';
import * as sheet from './sheet.js';
import * as keys from './keys.js';
import * as bar from './bar.js';
import * as position from './position.js';
import './appearance.js';
import './placing.js';

let address = '';
/** @type {string | undefined} The source that is shown. */
let source;

/** After a page of a source was loaded. */
export function arrive() {
  if (!refresh()) return;
  selection.clear();
  margin.lay();
  position.stay();
  const isNew = address !== location.href;
  const isFresh = source !== now.root.dataset.source;
  source = now.root.dataset.source;
  address = location.href;
  position.pin(!isNew || aim(isFresh));
}

/** After something of the page was replaced: everything of the script's own is made again. */
export function refresh() {
  if (!read()) return false;
  looks.refresh();
  keys.refresh();
  bar.refresh();
  links.refresh();
  selection.refresh();
  sheet.refresh();
  margin.refresh();
  rail.refresh();
  stay();
  return true;
}

// Restores the focus, which is lost when the text that had it is replaced.
function stay() {
  const { at } = now;
  if (!at || at.element.isConnected || document.activeElement !== document.body) return;
  const same = at.id ? document.getElementById(at.id) : now.blocks[at.block];
  if (same && same === now.blocks[at.block]) keys.stop(same);
  same?.focus({ preventScroll: true });
}

/** There is no source on the page any more. */
export function leave() {
  address = '';
  source = undefined;
  margin.leave();
  selection.clear();
  empty();
  bar.refresh();
}

/**
 * What the address names: its words come into view, unless they are, and its card beside them has the focus. Otherwise where one
 * has read.
 * @param {boolean} isFresh whether the source was not shown just before
 * @returns {boolean} false where the address names something else, for the browser to scroll to
 */
function aim(isFresh) {
  const query = new URLSearchParams(location.search);
  const composer = now.list?.querySelector('#composer');
  const found = composer ? null : named();
  const element = (composer ?? found)?.closest('.place');
  const place = element && placeOf(element.dataset.passage);
  // What the filters or the mode hide is shown where a link leads to it.
  if (place) looks.reveal(place);
  if (!now.text) {
    if (place) focusPlace(place.id);
    // The page has led there already, but for what was hidden then.
    if (found && !document.querySelector('[data-focus]')) land(found);
    return true;
  }
  if (!place || !element) {
    if (found?.matches('.card, .place')) {
      land(found);
      return true;
    }
    const name = location.hash.slice(1);
    if (isFresh && !name && !query.has('at') && !query.has('quote')) position.restore();
    if (!now.focus && mode() !== 'list') sheet.close();
    return !name;
  }
  // What is listed above would push the form out of the window.
  if (composer) now.margin.querySelector('.tray')?.removeAttribute('open');
  margin.request(true);
  // After a highlight was made the page does not scroll: the reader reads on.
  if (query.has('made')) {
    focusPlace(place.id);
    margin.fit();
    links.toMark(place.id);
    // Said once: who loads the page again, or is given its address, has made nothing.
    query.delete('made');
    history.replaceState(history.state, '', `${location.pathname}?${query}${location.hash}`);
    address = location.href;
    return true;
  }
  links.select(place.id, { sheet: composer ? 'half' : 'low' });
  const focused = composer?.querySelector('[data-focus]') ?? (found?.matches('.card') ? found : element.querySelector('.card') ?? element);
  if (!focused.matches('textarea, input')) {
    unfold(focused);
    margin.lay();
    land(focused);
    return true;
  }
  focused.focus({ preventScroll: true });
  const { top, bottom } = focused.getBoundingClientRect();
  if (isNarrow()) sheet.show(composer ?? focused);
  else if (bottom > innerHeight || top < edge()) focused.scrollIntoView({ block: 'nearest', behavior: 'instant' });
  return true;
}

onJump(() => { if (now.root) { address = location.href; aim(false); } });
