// @ts-check
// What others write appears on the open page. A page says which version it shows; a stream names the version that it would have
// now. Where they differ, the part that can have changed is asked for and merged. The page says with attributes:
//   data-live="ADDRESS"       the stream; data-live-new="… {0}" is what is said of a new comment by somebody
//   data-version              the version it shows; also the ETag of the part
//   data-commentary           the address of the part
//   data-live-news            the live region, empty
// The document hears annotator:listening when the stream is open, and annotator:merged after merging.
import { forget, isWaiting, mergePart } from './live/merging.js';

const HIDDEN_FOR = 60_000;
// A stream that is refused is asked for again after a while, in milliseconds, which doubles each time: soon after a database comes back,
// seldom where nobody may listen.
const REFUSED_FIRST = 2_000;
const REFUSED_LONGEST = 60_000;
const SETTLE = 400;
const AFTERWARDS = 1_000;
const LEAVING_FOR = 5_000;
// Milliseconds over which open pages spread their requests after a change, as all are notified at the same moment.
const SPREAD = 500;

/** @type {EventSource | null} */
let stream = null;
/** @type {string | null} */
let address = null;
let closing = 0;
let opening = 0;
let settling = 0;
let refusedFor = REFUSED_FIRST;
// The version that the stream named last; empty while it is the one that the page shows.
let wanted = '';
/** @type {AbortController | null} One request at a time: what changes meanwhile is asked for after it. */
let asking = null;
/** @type {Document | null} The part that was merged last, for what was in use then. */
let latest = null;
// True from a click on a link to the arrival of the page: that page has the newest state, so no part is asked for.
let leaving = false;

const root = () => document.querySelector('[data-live]');
const shown = () => root()?.dataset.version ?? '';
/** @param {number} time in milliseconds */
const rest = time => new Promise(done => { setTimeout(done, time); });

/** @param {HTMLElement[]} added */
function say(added) {
  const news = root()?.querySelector('[data-live-news]');
  const names = added.flatMap(element => [...element.matches('article.card') ? [element] : [], ...element.querySelectorAll('article.card')])
    .map(card => card.querySelector('.author')?.textContent.trim()).filter(Boolean);
  if (news && names.length > 0) news.textContent = [...new Set(names)].map(name => root()?.dataset.liveNew?.replace('{0}', name ?? '')).join(' · ');
}

/**
 * The source was removed: the page that is open says so until it is back, and keeps what it shows.
 * @param {string} html the page that says it
 */
function sayGone(html) {
  if (document.getElementById('gone')) return;
  const page = new DOMParser().parseFromString(html, 'text/html');
  const note = document.createElement('p');
  note.id = 'gone';
  note.className = 'toast';
  note.setAttribute('role', 'alert');
  note.textContent = [...page.querySelectorAll('.error > h1, .error > h1 + p')].map(line => line.textContent.trim()).join(' · ');
  root()?.append(note);
}

const title = () => root()?.querySelector('h1')?.textContent.trim() ?? '';

/** @param {Document} part */
function apply(part) {
  latest = part;
  document.getElementById('gone')?.remove();
  const before = title();
  say(mergePart(part));
  // The title of the source was corrected.
  if (before && title() !== before) document.title = document.title.replace(before, () => title());
  document.dispatchEvent(new CustomEvent('annotator:merged'));
}

/**
 * @param {AbortSignal} signal
 * @returns {Promise<{ version: string, part: Document } | null>} null where the page has nothing new to show.
 */
async function fetchPart(signal) {
  const url = new URL(root()?.dataset.commentary ?? '', location.origin);
  const marks = document.getElementById('text')?.dataset.marks;
  if (marks) url.searchParams.set('marks', marks);
  const ask = () => fetch(url, { headers: { Accept: 'text/html', 'If-None-Match': `"${shown()}"` }, cache: 'no-store', signal });
  let answer = await ask();
  if (answer.status === 404 && url.searchParams.has('snapshot')) {
    // The text that is shown was removed: the page is asked for with the newest text.
    url.searchParams.delete('snapshot');
    answer = await ask();
  }
  if (answer.status === 410) sayGone(await answer.text());
  if (!answer.ok) return null;
  const part = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const version = answer.headers.get('ETag')?.replace(/^(?:W\/)?"|"$/g, '') ?? '';
  const live = part.querySelector('[data-live]')?.dataset.live;
  // A redirect leads to the source that this one was merged into, or to a page to sign in.
  return live && (live === address || answer.redirected) ? { version, part } : null;
}

/**
 * Listens to the source that the one of the page was merged into.
 * @param {HTMLElement} here
 * @param {Document} part
 */
function follow(here, part) {
  const there = part.querySelector('[data-live]');
  if (!there || there.dataset.live === address) return;
  here.dataset.live = there.dataset.live;
  here.dataset.commentary = there.dataset.commentary;
  address = there.dataset.live ?? null;
  close();
  open();
}

/** Brings the page to the version that the stream has named. */
async function refresh() {
  if (asking || leaving || !address || wanted === '' || wanted === shown()) return;
  asking = new AbortController();
  const { signal } = asking;
  try {
    await rest(Math.random() * SPREAD);
    while (!signal.aborted && wanted !== '' && wanted !== shown()) {
      const asked = wanted;
      const news = await fetchPart(signal);
      if (signal.aborted) return;
      const here = root();
      if (news && here) {
        here.dataset.version = news.version;
        follow(here, news.part);
        apply(news.part);
      }
      // The answer is as new as what the stream has named, or newer.
      if (wanted === asked) wanted = '';
    }
  } catch (e) {
    // Without a connection there is nothing to merge; the stream comes back and names a version again.
    if (!(e instanceof TypeError) && !(e instanceof DOMException && e.name === 'AbortError')) throw e;
  } finally {
    if (asking?.signal === signal) asking = null;
  }
}

// Browsers allow few connections to one server, shared by all tabs: a page that opens a stream ends the streams of hidden tabs.
const tabs = 'BroadcastChannel' in globalThis ? new BroadcastChannel('annotator-live') : null;
tabs?.addEventListener('message', () => { if (document.hidden) close(); });

function open() {
  clearTimeout(closing);
  clearTimeout(opening);
  if (stream || !address || document.hidden) return;
  tabs?.postMessage('open');
  // It begins after the version that is shown: what was written since then is named at once.
  const own = stream = new EventSource(`${address}?after=${encodeURIComponent(shown())}`);
  own.addEventListener('open', () => {
    refusedFor = REFUSED_FIRST;
    document.dispatchEvent(new CustomEvent('annotator:listening'));
  });
  own.addEventListener('changed', event => {
    wanted = event.lastEventId;
    refresh();
  });
  own.addEventListener('error', () => {
    if (own.readyState !== EventSource.CLOSED || own !== stream) return;
    close();
    // Not all at the same moment.
    opening = setTimeout(open, refusedFor * (1 + Math.random()) / 2);
    refusedFor = Math.min(2 * refusedFor, REFUSED_LONGEST);
  });
}

function close() {
  clearTimeout(closing);
  clearTimeout(opening);
  stream?.close();
  stream = null;
}

function halt() {
  asking?.abort();
  asking = null;
}

// After a page arrived, which has everything up to its version in it.
function arrive() {
  halt();
  leaving = false;
  latest = null;
  forget();
  const next = root()?.dataset.live ?? null;
  if (next !== address) {
    close();
    wanted = '';
  }
  address = next;
  open();
  // A version that was named while the page was on its way may be newer than the page.
  if (wanted !== '') setTimeout(refresh, AFTERWARDS);
}

function retry() {
  clearTimeout(settling);
  settling = setTimeout(() => { if (latest && isWaiting()) apply(latest); }, SETTLE);
}
document.addEventListener('focusout', retry);
document.addEventListener('selectionchange', retry);

document.addEventListener('visibilitychange', () => {
  clearTimeout(closing);
  if (document.hidden) closing = setTimeout(close, HIDDEN_FOR);
  else open();
});
addEventListener('pagehide', () => { halt(); close(); });
addEventListener('pageshow', event => { if (event.persisted) arrive(); });

arrive();
function attach() {
  globalThis.Blazor?.addEventListener('enhancednavigationstart', () => {
    halt();
    leaving = true;
    // If no page comes within this time, the present one is brought up to date.
    setTimeout(() => { if (leaving) { leaving = false; refresh(); } }, LEAVING_FOR);
  });
  globalThis.Blazor?.addEventListener('enhancedload', arrive);
}
if (globalThis.Blazor) attach(); else addEventListener('load', attach);
