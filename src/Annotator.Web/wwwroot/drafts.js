// @ts-check
// What is typed stays in this browser until the server has it. Each form keeps an entry of its own, so that two tabs with the same form
// do not overwrite each other; an entry has the id that the comment will have, so that the server stores what is sent twice once.
// Elements of a form with data-draft="KEY" say:
//   data-saved                shown while a draft is kept
//   data-told                 the live region, empty; data-told-sent, -unkept, -sending and -waiting are its texts
//   data-others="… {0}"       where the beginnings of other drafts of the form are offered
import { formOf, kept, onArrival, parsed, session, targetOf } from './dom.js';
import { DRAFT, remember, sent, tellsSent, wait, WAITS } from './waiting.js';

/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Field */
/** @typedef {Record<string, string | boolean | number | undefined>} Values of fields by their names, with id, version and time */
/** @typedef {{ key: string, values: Values }} Entry */

const SENDING = 'annotator-sent';
const VERSION = 'Form.Version';
const ID = 'Form.Id';
const START = 'Form.Start';
/** What an entry says about its form beside what was typed. */
const FACTS = ['time', VERSION, ID, START, ...WAITS];
const BEGINNING = 40;
/** A form that is answered sooner does not say that it is being sent, in milliseconds. */
const SOON = 400;

/** @param {HTMLFormElement} form */
const keyOf = form => `${DRAFT}${form.dataset.draft}`;
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
/** @param {HTMLFormElement} form @param {string} name @returns {HTMLInputElement | null} */
const hidden = (form, name) => /** @type {HTMLInputElement | null} */ (form.elements.namedItem(name));
/** @param {HTMLFormElement} form */
const isRefused = form => form.querySelector('.problem') !== null;

/**
 * What differs from the form as it came. A refused form comes back with its values, so all of them count.
 * @param {HTMLFormElement} form
 * @returns {Values}
 */
const changed = form => Object.fromEntries(fields(form).filter(f => isRefused(form) || given(f) !== first(f)).map(f => [f.name, given(f)]));

/**
 * The drafts of a form, the newest first.
 * @param {HTMLFormElement} form
 * @returns {Entry[]}
 */
const entries = form => kept.keys().filter(key => key === keyOf(form) || key.startsWith(`${keyOf(form)}#`))
  .map(key => ({ key, values: parsed(kept.get(key), {}) }))
  .sort((a, b) => Number(b.values.time ?? 0) - Number(a.values.time ?? 0));

/** @param {Values} values what somebody has typed of them */
const typed = values => JSON.stringify(Object.fromEntries(Object.entries(values).filter(([name]) => !FACTS.includes(name))));

/**
 * @param {HTMLFormElement} form
 */
function keep(form) {
  const values = changed(form);
  const isFilled = Object.keys(values).length > 0;
  const text = isFilled ? typed(values) : '';
  if (text === (form.dataset.kept ?? '')) return;
  form.dataset.kept = text;
  // An entry that was there before may be what another tab shows: it goes with the first change, unless that tab has changed it since.
  const { taken, entry } = form.dataset;
  if (taken && kept.get(taken) === form.dataset.takenAs) kept.remove(taken);
  delete form.dataset.taken;
  let isKept = true;
  if (isFilled) {
    form.dataset.entry = entry ?? `${keyOf(form)}#${Date.now().toString(36)}${Math.random().toString(36).slice(2)}`;
    // Kept with the version that was edited: if the comment has changed since, the server answers with a conflict.
    const facts = Object.fromEntries([VERSION, ID, START].map(name => [name, hidden(form, name)?.value]));
    isKept = kept.set(form.dataset.entry, JSON.stringify({ ...values, ...facts, time: Date.now() }));
  } else if (entry) kept.remove(entry);
  show(form, isFilled && isKept);
  if (isFilled) tell(form, isKept ? '' : 'Unkept');
}

/**
 * @param {HTMLFormElement} form
 * @param {boolean} isKept
 */
function show(form, isKept) {
  const note = form.querySelector('[data-saved]');
  if (note) note.hidden = !isKept;
}

/**
 * @param {HTMLFormElement} form
 * @param {'Sent' | 'Unkept' | 'Sending' | 'Waiting' | ''} what
 */
function tell(form, what) {
  const note = form.querySelector('[data-told]');
  const text = what === '' ? '' : note?.dataset[`told${what}`];
  if (note && note.textContent !== text) note.textContent = text ?? '';
}

/**
 * Shows a draft in the form.
 * @param {HTMLFormElement} form
 * @param {Entry} entry
 */
function take(form, { key, values }) {
  for (const field of fields(form)) {
    const value = values[field.name] ?? first(field);
    if (isBox(field)) field.checked = value === true;
    else field.value = `${value}`;
  }
  const [version, id] = [hidden(form, VERSION), hidden(form, ID)];
  if (values[VERSION] && version) version.value = `${values[VERSION]}`;
  // About other words it is another comment.
  if (values[ID] && id && isComment(form) && values[START] === hidden(form, START)?.value) id.value = `${values[ID]}`;
  form.dataset.taken = key;
  form.dataset.takenAs = kept.get(key) ?? '';
  form.dataset.kept = typed(changed(form));
  delete form.dataset.entry;
  show(form, true);
  if (values.waits) {
    form.dataset.waits = key;
    tell(form, 'Waiting');
  }
}

/**
 * @param {HTMLFormElement} form
 */
function restore(form) {
  if (form.dataset.ready) return;
  form.dataset.ready = '1';
  const found = entries(form);
  const text = typed(changed(form));
  if (isRefused(form)) {
    // The form that was sent goes on with its entry.
    form.dataset.entry = parsed(session.get(SENDING), {}).key;
    keep(form);
  } else if (text === '{}') {
    if (found[0]) take(form, found[0]);
  } else {
    // What somebody has typed before this script came is newer than the draft; the browser may have filled the form in, too.
    const same = found.find(entry => typed(entry.values) === text);
    if (same) take(form, same);
    else keep(form);
  }
  offer(form, found.filter(({ key }) => key !== form.dataset.taken && key !== form.dataset.entry));
  check(form);
}

/**
 * Names the other drafts of a form, each by a button that shows it.
 * @param {HTMLFormElement} form
 * @param {Entry[]} others
 */
function offer(form, others) {
  const list = form.querySelector('[data-others]');
  if (!list) return;
  list.hidden = others.length === 0;
  list.replaceChildren(...others.map(entry => {
    const words = [...`${entry.values['Form.Body'] || Object.values(entry.values)[0]}`].slice(0, BEGINNING).join('').trim();
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'quiet';
    button.textContent = (list.dataset.others ?? '').replace('{0}', () => words);
    button.addEventListener('click', () => {
      keep(form);
      take(form, { key: entry.key, values: parsed(kept.get(entry.key), entry.values) });
      offer(form, entries(form).filter(({ key }) => key !== entry.key));
      form.querySelector('textarea')?.focus();
    });
    return button;
  }));
}

/** Whether a form writes a new comment, about words that are not typed in it. @param {HTMLFormElement} form */
const isComment = form => hidden(form, VERSION)?.value === '0' && !form.querySelector('textarea[name="Form.Quote"]');

/** A short sign of a text. @param {string} text */
const sign = text => `${text.length} ${[...text].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) | 0, 0)}`;

/**
 * What a form would send: the id of a comment, and a sign of its words.
 * @param {HTMLFormElement} form
 */
function sending(form) {
  const body = fields(form).find(field => field.name === 'Form.Body');
  return isComment(form) && body ? `${hidden(form, ID)?.value} ${sign(body.value)}` : '';
}

/**
 * Says so where the words of a form have been sent from another tab.
 * @param {HTMLFormElement} form
 */
function check(form) {
  const isSent = sending(form) !== '' && sent().includes(sending(form));
  if (isSent) {
    tell(form, 'Sent');
    show(form, false);
  }
  return isSent;
}

document.addEventListener('input', event => {
  const form = formOf(targetOf(event));
  if (!form?.dataset.draft) return;
  // A form that waits for the connection and is changed meanwhile is not sent by itself any more.
  if (form.dataset.waits) tell(form, '');
  delete form.dataset.waits;
  keep(form);
});

// Before Blazor hears of it.
document.addEventListener('submit', event => {
  const form = targetOf(event);
  if (!(form instanceof HTMLFormElement) || !form.dataset.draft) return;
  if (check(form)) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  keep(form);
  session.set(SENDING, JSON.stringify({ key: entryOf(form), sent: sending(form) }));
  delete form.dataset.waits;
  form.setAttribute('aria-busy', 'true');
  setTimeout(() => { if (isSending(form)) tell(form, 'Sending'); }, SOON);
}, true);

/** The key of the entry that a form shows. @param {HTMLFormElement} form */
const entryOf = form => form.dataset.entry ?? form.dataset.taken;

/** @param {HTMLFormElement} form */
const isSending = form => form.isConnected && form.getAttribute('aria-busy') === 'true';

// Before annotator.js: Blazor could not send the form, which waits for the server now. The id of the comment makes it harmless when the
// server has it already, or when another tab sends it, too.
addEventListener('unhandledrejection', event => {
  const form = drafts().find(isSending);
  if (!form || !(event.reason instanceof TypeError)) return;
  form.removeAttribute('aria-busy');
  tell(form, '');
  if (!wait(form, entryOf(form), sending(form))) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  tell(form, 'Waiting');
});

// What another tab has sent.
addEventListener('storage', event => { if (tellsSent(event.key)) drafts().forEach(check); });

// Saved when the page is left: on Back and Forward the browser may have filled in a form by itself.
addEventListener('pagehide', () => drafts().forEach(keep));

// After a page arrived: drafts of sent forms are removed only when the page shows what was written, which proves that it is stored.
function arrived() {
  const { key, sent: what } = parsed(session.get(SENDING), {});
  if (key && new URLSearchParams(location.search).has('at')) {
    kept.remove(key);
    remember(what);
  }
  drafts().forEach(restore);
  // A form that comes back because the database did not answer is still to be sent.
  if (!document.querySelector('form[data-again]')) session.remove(SENDING);
}

arrived();
onArrival(arrived);
