// @ts-check
// What the browser does by itself: drafts, focus, shortcuts; the search is in search.js. Pages are complete without it.
import { formOf, isComposing, isTyping, onArrival, onBlazor, parsed, targetOf } from './dom.js';
import { hasText, land, named, onJump } from './landing.js';

/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Field */

const SENT = 'annotator-sent';
const VERSION = 'Form.Version';
/** @param {HTMLFormElement} form */
const keyOf = form => `annotator-draft:${form.dataset.draft}`;
/** @returns {HTMLFormElement[]} */
const drafts = () => [...document.querySelectorAll('form[data-draft]')].filter(form => form instanceof HTMLFormElement);
/** @param {HTMLFormElement} form @returns {Field[]} */
const fields = form => [.../** @type {NodeListOf<Field>} */ (form.querySelectorAll('textarea, select, input:not([type=hidden], [type=file])'))];
/** @param {Field} field @returns {field is HTMLInputElement} */
const isBox = field => field.type === 'checkbox';
/** @param {Field} field */
const given = field => isBox(field) ? field.checked : field.value;
/** @param {Field} field */
const first = field => isBox(field) ? field.defaultChecked
  : field instanceof HTMLSelectElement ? ([...field.options].find(option => option.defaultSelected) ?? field.options[0]).value
  : field.defaultValue;
/** The version of the comment that a form edits. @param {HTMLFormElement} form */
const versionOf = form => /** @type {HTMLInputElement | null} */ (form.elements.namedItem(VERSION));

// Drafts: what is typed stays in this browser until the server has it.
/**
 * @param {HTMLFormElement} form
 */
function keep(form) {
  // A refused form comes back with its values as defaults, so all of them count as changed.
  const refused = form.querySelector('.problem');
  const values = Object.fromEntries(fields(form).filter(f => refused || given(f) !== first(f)).map(f => [f.name, given(f)]));
  const filled = Object.keys(values).length > 0;
  // Kept with the version that was edited: if the comment has changed since, the server answers with a conflict.
  if (filled) localStorage.setItem(keyOf(form), JSON.stringify({ ...values, [VERSION]: versionOf(form)?.value }));
  else localStorage.removeItem(keyOf(form));
  const note = form.querySelector('[data-saved]');
  if (note) note.hidden = !filled;
}

/**
 * @param {HTMLFormElement} form
 */
function restore(form) {
  if (form.dataset.ready) return;
  form.dataset.ready = '1';
  const values = parsed(localStorage.getItem(keyOf(form)), null);
  if (!values) localStorage.removeItem(keyOf(form));
  if (!values && !form.querySelector('.problem')) return;
  // What somebody has typed before this script came is newer than the draft.
  for (const field of fields(form).filter(f => given(f) === first(f))) {
    const value = values?.[field.name];
    if (isBox(field)) field.checked = value ?? field.checked;
    else field.value = value ?? field.value;
  }
  // After a conflict was shown the form keeps the newer version: sending it again is the writer's decision.
  const version = versionOf(form);
  if (values?.[VERSION] && version && !form.querySelector('.problem')) version.value = values[VERSION];
  keep(form);
}

document.addEventListener('input', event => {
  const form = formOf(targetOf(event));
  if (form?.dataset.draft) keep(form);
});

document.addEventListener('submit', event => {
  const form = targetOf(event);
  if (!(form instanceof HTMLFormElement) || !form.dataset.draft) return;
  keep(form);
  sessionStorage.setItem(SENT, keyOf(form));
});

// Refuses a file above the limit before it is sent; the server checks again.
document.addEventListener('change', event => {
  const field = targetOf(event);
  if (!(field instanceof HTMLInputElement) || !field.dataset.most) return;
  const { most, tooLarge = '' } = field.dataset;
  field.setCustomValidity([...field.files ?? []].some(file => file.size > Number(most)) ? tooLarge : '');
  field.reportValidity();
});

// Saved when the page is left: on Back and Forward the browser may have filled in a form by itself.
addEventListener('pagehide', () => drafts().forEach(keep));

// Shows a note when Blazor cannot fetch a page; the present page stays.
addEventListener('unhandledrejection', event => {
  const note = document.getElementById('blazor-error-ui');
  const again = note?.querySelector('a');
  if (!(event.reason instanceof TypeError) || !note || !again) return;
  again.href = location.href;
  note.hidden = false;
});

// After a page arrived: drafts of sent forms are removed only when the page shows what was written, which proves that it is stored.
function arrived() {
  const sent = sessionStorage.getItem(SENT);
  if (sent && new URLSearchParams(location.search).has('at')) localStorage.removeItem(sent);
  // A form that comes back because the database did not answer is still to be sent.
  if (!document.querySelector('form[data-again]')) sessionStorage.removeItem(SENT);
  drafts().forEach(restore);
  const focus = document.querySelector('[data-focus]');
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

arrived();
retry();
// Blazor replaces pages without loading them anew.
onArrival(() => { turn(); arrived(); retry(); });
onBlazor('enhancednavigationend', stay);
