// @ts-check
// What the browser does by itself: focus, shortcuts; drafts are in drafts.js, the search is in search.js. Pages are complete without it.
import { formOf, isComposing, isTyping, onArrival, onBlazor, targetOf } from './dom.js';
import { hasText, land, named, onJump } from './landing.js';

// Refuses a file above the limit before it is sent; the server checks again.
document.addEventListener('change', event => {
  const field = targetOf(event);
  if (!(field instanceof HTMLInputElement) || !field.dataset.most) return;
  const { most, tooLarge = '' } = field.dataset;
  field.setCustomValidity([...field.files ?? []].some(file => file.size > Number(most)) ? tooLarge : '');
  field.reportValidity();
});

// Shows a note when Blazor cannot fetch a page; the present page stays.
addEventListener('unhandledrejection', event => {
  const note = document.getElementById('blazor-error-ui');
  const again = note?.querySelector('a');
  if (!(event.reason instanceof TypeError) || !note || !again) return;
  again.href = location.href;
  note.hidden = false;
});

function arrived() {
  // What was refused comes first.
  const focus = document.querySelector('main [aria-invalid="true"]') ?? document.querySelector('[data-focus]');
  // On pages with a text reader.js leads to the words and their card.
  const aims = hasText();
  const target = named();
  if (focus) { focus.focus({ preventScroll: aims || !!target }); if (!aims) focus.scrollIntoView({ block: 'center' }); }
  else if (target && !aims) land(target);
}

// When Blazor has put a page in, it goes to the fragment by itself, which need not be where the comment stands.
function stay() {
  const target = document.querySelector('.target');
  if (target && !hasText() && target === document.activeElement) land(target);
}

onJump(() => {
  const target = named();
  if (target && !hasText()) land(target);
});

// A page about an outage tries again by itself, also one that Blazor has put in; without this script its refresh does.
function retry() {
  const note = document.querySelector('[data-retry]');
  if (note) setTimeout(() => { if (note.isConnected) location.reload(); }, Number(note.dataset.retry) * 1000);
}

/** @returns {HTMLDetailsElement[]} */
const openMenus = () => [.../** @type {NodeListOf<HTMLDetailsElement>} */ (document.querySelectorAll('details.menu[open]'))];

// Shortcuts. Letters by their place on the keyboard, so that every layout has them; never while an input method composes.
document.addEventListener('keydown', event => {
  if (isComposing(event)) return;
  const target = targetOf(event);
  const form = formOf(target);
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && form?.dataset.draft) {
    event.preventDefault();
    form.requestSubmit();
  } else if (event.key === 'Escape') {
    openMenus().forEach(menu => { menu.open = false; menu.querySelector('summary')?.focus(); });
  } else if (event.key === '/' && !isTyping(target) && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    const find = document.getElementById('find');
    if (find instanceof HTMLInputElement) find.select();
  }
});

document.addEventListener('click', event => {
  openMenus().forEach(menu => { if (!menu.contains(targetOf(event))) menu.open = false; });
});

// Scrolls to the top after a link of a pager or of a filter: Blazor keeps the scroll position as long as the path is the same, and what
// a long column of filters leaves may be a single line above the window.
let isOther = false;
document.addEventListener('click', event => { isOther = !!targetOf(event)?.closest('.pages a, .facets a'); });
// After a link to another window of a source the heading of its passages has the focus: it says which they are.
let isWindow = false;
document.addEventListener('click', event => { isWindow = !!targetOf(event)?.closest('.windows a'); });
function turn() {
  if (isOther) {
    document.getElementById('focus')?.focus({ preventScroll: true });
    scrollTo({ top: 0, behavior: 'instant' });
  } else if (isWindow && location.hash === '#window') {
    document.getElementById('passages')?.focus({ preventScroll: true });
    document.getElementById('window')?.scrollIntoView({ block: 'start', behavior: 'instant' });
  }
  isOther = isWindow = false;
}

// On a fresh page the browser goes to the fragment of the address with its first frame, which can be after this script. That takes the
// focus from the field that has it; it comes back, unless somebody has left the field by key or by hand.
let isUsed = false;
for (const type of ['keydown', 'pointerdown']) addEventListener(type, () => { isUsed = true; }, { capture: true, once: true });
document.querySelector('[data-focus]')?.addEventListener('blur', event => {
  const field = targetOf(event);
  if (isUsed || !(event instanceof FocusEvent) || event.relatedTarget || !document.hasFocus()) return;
  setTimeout(() => field?.focus({ preventScroll: true }));
}, { once: true });

arrived();
retry();
// Blazor replaces pages without loading them anew.
onArrival(() => { turn(); arrived(); retry(); });
onBlazor('enhancednavigationend', stay);
