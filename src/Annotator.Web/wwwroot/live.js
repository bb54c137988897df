// What others write appears on the open page. The server only says that something has changed; the page is then asked for again,
// and what differs is merged. Pages say with attributes what takes part:
//   data-live="ADDRESS"       the stream of changes; data-live-new="… {0}" is what is said of a new comment by somebody
//   data-live-news            the live region, empty
//   data-merge                a list with an id; its children with ids are added, replaced and removed one by one
//   data-merge="whole"        an element with an id whose content is replaced as one
// Scripts may add to what takes part: styles, classes that begin with is-, elements with data-own and the attributes of OWN. After merging, the document hears annotator:merged.
const HIDDEN_FOR = 60_000;
const REFUSED_FOR = 60_000;
const SETTLE = 400;
const NEW_FOR = 6_000;
const AFTERWARDS = 1_000;
const LEAVING_FOR = 5_000;
const PASSING = ['at', 'undo'];
const MINE = /^(?:target|new|is-.*|)$/;
const OWN = ['style', 'tabindex', 'hidden', 'data-colour', 'data-replies'];

let stream = null;
let address = null;
let closing = 0;
let opening = 0;
let settling = 0;
// One request at a time: what changes meanwhile is asked for after it.
let asking = null;
let stale = false;
// What is in use and differs; it is tried again when it is free.
let postponed = [];
// What the last answer said of each part: most of a page is as it was.
const heard = new Map();
// From the click to the page that follows: it has what changes now.
let leaving = false;

const root = () => document.querySelector('[data-live]');
const isList = element => element.dataset.merge === '';
const outermost = () => [...document.querySelectorAll('[data-merge]')].filter(part => !part.parentElement.closest('[data-merge]'));
const hasParts = element => element.querySelector('[data-merge]') !== null;

/** What an element says, without what differs between two answers and what scripts have added. Parts speak for themselves. */
function essence(element) {
  const copy = element.cloneNode(true);
  const all = [copy, ...copy.querySelectorAll('*')];
  for (const each of all) {
    if (each !== copy && each.dataset.merge !== undefined || each.localName === 'time') each.replaceChildren();
    for (const name of OWN) each.removeAttribute(name);
    const classes = [...each.classList].filter(name => !MINE.test(name));
    if (classes.length > 0) each.className = classes.join(' ');
    else each.removeAttribute('class');
  }
  copy.querySelectorAll('input[type=hidden], [data-own]').forEach(element => element.remove());
  return copy.outerHTML;
}

function isBusy(element) {
  const selection = getSelection();
  return element.contains(document.activeElement)
    || element.matches('form[data-draft]') || element.querySelector('form[data-draft]') !== null
    || selection?.rangeCount > 0 && !selection.isCollapsed && selection.getRangeAt(0).intersectsNode(element);
}

/** Runs a change of an element, or leaves it for later where somebody is using it. */
function change(element, act) {
  if (isBusy(element)) postponed.push(element);
  else act();
}

function mergeList(old, fresh, added) {
  const before = new Map([...old.children].filter(child => child.id).map(child => [child.id, child]));
  const after = new Set([...fresh.children].map(child => child.id));
  for (const [id, child] of before) if (!after.has(id)) change(child, () => child.remove());
  let last = null;
  for (const child of [...fresh.children].filter(child => child.id)) {
    let next = last ? last.nextElementSibling : old.firstElementChild;
    while (next && !after.has(next.id)) next = next.nextElementSibling;
    let here = before.get(child.id);
    if (!here) {
      here = document.importNode(child, true);
      old.insertBefore(here, next);
      added.push(here);
    } else {
      if (here !== next) change(here, () => old.insertBefore(here, next));
      here = merge(here, child, added);
    }
    last = here;
  }
}

/** @returns the element that stands there now. */
function merge(old, fresh, added) {
  if (!fresh.id) return mergeChanged(old, fresh, added);
  const said = fresh.outerHTML;
  if (heard.get(fresh.id) === said) return old;
  const before = postponed.length;
  const here = mergeChanged(old, fresh, added);
  if (postponed.length === before) heard.set(fresh.id, said);
  else heard.delete(fresh.id);
  return here;
}

function mergeChanged(old, fresh, added) {
  if (isList(old)) {
    mergeList(old, fresh, added);
    return old;
  }
  if (old.dataset.merge === undefined && (hasParts(old) || hasParts(fresh))) {
    const pairs = [...old.children].map((child, i) => [child, fresh.children[i]]);
    const fits = old.children.length === fresh.children.length
      && pairs.every(([a, b]) => a.dataset.merge === b.dataset.merge && (a.dataset.merge === undefined || a.id === b.id));
    if (fits) {
      for (const { name, value } of fresh.attributes) if (!['class', 'style'].includes(name) && old.getAttribute(name) !== value) old.setAttribute(name, value);
      for (const [a, b] of pairs) merge(a, b, added);
      return old;
    }
    // Its frame is another. Its parts may still be brought up to date where they stand.
    if (isBusy(old)) {
      postponed.push(old);
      for (const part of old.querySelectorAll('[data-merge]')) {
        const same = [...fresh.querySelectorAll('[data-merge]')].find(other => other.id === part.id);
        if (same && part.isConnected) merge(part, same, added);
      }
      return old;
    }
  }
  if (essence(old) === essence(fresh) && !hasParts(old)) return old;
  let now = old;
  change(old, () => {
    now = document.importNode(fresh, true);
    if (old.dataset.merge === 'whole') {
      old.replaceChildren(...now.childNodes);
      now = old;
      return;
    }
    if (old.classList.contains('target')) now.classList.add('target');
    old.replaceWith(now);
  });
  return now;
}

/** What is seen of an element, in its smallest pieces that are merged as one. What is out of sight is not even laid out. */
function seen(element, least) {
  const box = element.getBoundingClientRect();
  if (box.height === 0 || box.bottom <= least || box.top >= innerHeight) return [];
  return hasParts(element) || isList(element) ? [...element.children].flatMap(child => seen(child, least)) : [{ element, id: element.id, top: box.top }];
}

/** What must not move, the best first: what one writes in, else what begins inside the window. */
function place() {
  const bar = document.querySelector('.bar');
  const least = bar && ['sticky', 'fixed'].includes(getComputedStyle(bar).position) ? bar.getBoundingClientRect().bottom : 0;
  const pieces = outermost().flatMap(list => seen(list, least));
  const held = outermost().some(list => list.contains(document.activeElement)) ? seen(document.activeElement, least) : [];
  return [...held, ...pieces.filter(piece => piece.top >= least), ...pieces.filter(piece => piece.top < least)];
}

function keepPlace(places) {
  for (const { element, id, top } of places) {
    const here = element.isConnected ? element : id ? document.getElementById(id) : null;
    if (!here) continue;
    const moved = here.getBoundingClientRect().top - top;
    if (Math.abs(moved) >= .5) scrollBy({ top: moved, behavior: 'instant' });
    return;
  }
}

function say(added) {
  const news = root()?.querySelector('[data-live-news]');
  const names = added.flatMap(element => [...element.matches('article.card') ? [element] : [], ...element.querySelectorAll('article.card')])
    .map(card => card.querySelector('.author')?.textContent.trim()).filter(Boolean);
  if (news && names.length > 0) news.textContent = [...new Set(names)].map(name => root().dataset.liveNew.replace('{0}', name)).join(' · ');
  for (const element of added) {
    element.classList.add('new');
    setTimeout(() => element.classList.remove('new'), NEW_FOR);
  }
}

function mergePage(page) {
  const places = place();
  const html = document.documentElement;
  const added = [];
  postponed = [];
  // The browser that keeps the place by itself would keep it a second time.
  html.style.overflowAnchor = 'none';
  for (const old of outermost()) {
    const fresh = [...page.querySelectorAll('[data-merge]')].find(other => other.id === old.id);
    if (fresh) merge(old, fresh, added);
  }
  keepPlace(places);
  const top = scrollY;
  // What had no size before it was drawn has one now.
  requestAnimationFrame(() => requestAnimationFrame(() => {
    if (scrollY === top) keepPlace(places);
    html.style.overflowAnchor = '';
  }));
  say(added);
  document.dispatchEvent(new CustomEvent('annotator:merged'));
}

async function fetchPage(url, signal) {
  const answer = await fetch(url, { headers: { Accept: 'text/html' }, cache: 'no-store', signal });
  const page = answer.ok && !answer.redirected ? new DOMParser().parseFromString(await answer.text(), 'text/html') : null;
  return page?.querySelector('[data-live]')?.dataset.live.split('?')[0] === address ? page : null;
}

async function refresh() {
  stale = true;
  if (asking || leaving || !address) return;
  asking = new AbortController();
  const { signal } = asking;
  try {
    while (stale) {
      stale = false;
      const here = new URL(location.href);
      PASSING.forEach(name => here.searchParams.delete(name));
      here.hash = '';
      // What is being answered may be gone; the rest of the page is not.
      const page = await fetchPage(here, signal) ?? (here.search ? await fetchPage(here.pathname, signal) : null);
      if (signal.aborted) return;
      if (page) mergePage(page);
    }
  } catch (e) {
    // Without a connection there is nothing to merge; the stream comes back and asks again.
    if (e.name !== 'AbortError' && !(e instanceof TypeError)) throw e;
  } finally {
    if (asking?.signal === signal) asking = null;
  }
}

// Tabs share the few connections that a browser keeps with one server: a page that opens a stream ends those of hidden ones.
const tabs = globalThis.BroadcastChannel ? new BroadcastChannel('annotator-live') : null;
tabs?.addEventListener('message', () => { if (document.hidden) close(); });

function open() {
  clearTimeout(closing);
  clearTimeout(opening);
  if (stream || !address || document.hidden) return;
  tabs?.postMessage('open');
  const own = stream = new EventSource(address);
  // From the answer with the page to the first word of the stream, and while there was none, nobody has listened.
  own.addEventListener('open', refresh);
  own.addEventListener('changed', refresh);
  own.addEventListener('error', () => {
    if (own.readyState !== EventSource.CLOSED || own !== stream) return;
    close();
    opening = setTimeout(open, REFUSED_FOR);
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

// After a page arrived, which has everything up to now in it.
function arrive() {
  halt();
  leaving = false;
  postponed = [];
  heard.clear();
  // What was said on the way may have come too late for the page.
  if (stale) setTimeout(() => { if (stale) refresh(); }, AFTERWARDS);
  const wanted = root()?.dataset.live ?? null;
  if (wanted !== address) close();
  address = wanted;
  open();
}

function retry() {
  clearTimeout(settling);
  if (postponed.length > 0) settling = setTimeout(() => {
    if (postponed.some(element => !element.isConnected || !isBusy(element))) refresh();
  }, SETTLE);
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
    if (asking) stale = true;
    halt();
    leaving = true;
    // A page that does not come leaves the present one as it is.
    setTimeout(() => { if (leaving) { leaving = false; if (stale) refresh(); } }, LEAVING_FOR);
  });
  globalThis.Blazor?.addEventListener('enhancedload', arrive);
}
if (globalThis.Blazor) attach(); else addEventListener('load', attach);
