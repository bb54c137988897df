// @ts-check
// A form that could not be sent, because the server was not reached, is sent when the server answers again: the form itself where it is
// on the page, else what was typed in it, in the background. The entry of such a form (drafts.js) has besides what was typed:
//   waits                     the address of the page with the form
//   sent                      what it sends, see sending() in drafts.js
// The page says with attributes:
//   data-delivered            where one is told; data-delivered-sent and -refused are its texts
import { kept, onArrival, parsed } from './dom.js';

export const DRAFT = 'annotator-draft:';
/** What an entry says about its form beside what was typed: where it waits, and what it sends. */
export const WAITS = ['waits', 'sent'];
const SENT = 'annotator-sent-ids';
const SENT_KEPT = 50;
/** How long until the server is asked again, in milliseconds: twice as long each time. */
const FIRST = 1_000;
const LONGEST = 30_000;
/** A server that answers and does not take the form: after as many, somebody has to look at it. */
const MOST_TRIES = 5;

let pause = FIRST;
let timer = 0;
let tries = 0;

/** What was sent last from this browser. @returns {string[]} */
export const sent = () => parsed(kept.get(SENT), []);
/** @param {string} what */
export const remember = what => { if (what) kept.set(SENT, JSON.stringify([...sent(), what].slice(-SENT_KEPT))); };

/** Whether that is the key of what others are told has been sent. @param {string | null} key */
export const tellsSent = key => key === SENT;

/** @param {string} key of an entry that a form of this page shows: it is sent by its form */
const isHere = key => [...document.forms].some(({ dataset }) => [dataset.entry, dataset.taken].includes(key));

const entries = () => kept.keys().filter(key => key.startsWith(DRAFT))
  .map(key => ({ key, values: parsed(kept.get(key), {}) }))
  .filter(({ values }) => values.waits);

const waitingForm = () => /** @type {HTMLFormElement | null} */ (document.querySelector('form[data-waits]'));

/**
 * Lets a form wait for the server.
 * @param {HTMLFormElement} form
 * @param {string | undefined} key of its entry
 * @param {string} what it sends
 * @returns {boolean} false where it cannot: it has no entry, or a file that no entry keeps
 */
export function wait(form, key, what) {
  const values = key ? parsed(kept.get(key), null) : null;
  if (!key || !values || form.querySelector('[type=file]') || tries >= MOST_TRIES) return false;
  kept.set(key, JSON.stringify({ ...values, waits: location.pathname + location.search, sent: what }));
  form.dataset.waits = key;
  again();
  return true;
}

function again() {
  clearTimeout(timer);
  timer = setTimeout(attempt, pause);
  pause = Math.min(2 * pause, LONGEST);
}

async function attempt() {
  clearTimeout(timer);
  if (!waitingForm() && entries().length === 0) { pause = FIRST; return; }
  const answer = navigator.onLine ? await fetch('/health/ready', { cache: 'no-store' }).catch(() => null) : null;
  if (!answer?.ok) { again(); return; }
  tries++;
  waitingForm()?.requestSubmit();
  // One tab is enough; the ids make it harmless where the browser cannot say.
  if (navigator.locks) await navigator.locks.request('annotator-waiting', { ifAvailable: true }, async lock => { if (lock) await deliver(); });
  else await deliver();
  if (entries().length > 0) again();
}

async function deliver() {
  for (const { key, values } of entries().filter(entry => !isHere(entry.key))) {
    const answer = await send(key, values).catch(() => null);
    if (!answer) return;
    const isTaken = answer.redirected && new URL(answer.url).searchParams.has('at');
    if (isTaken) { kept.remove(key); remember(values.sent); }
    else kept.set(key, JSON.stringify({ ...values, waits: undefined, sent: undefined }));
    tell(isTaken ? 'Sent' : 'Refused', isTaken ? answer.url : values.waits);
  }
}

/**
 * Sends what an entry holds in the form of a fresh page.
 * @param {string} key
 * @param {Record<string, any>} values
 * @returns {Promise<Response>} the page without the form where it is not there any more, else the answer to it
 */
async function send(key, values) {
  const page = await fetch(values.waits, { headers: { Accept: 'text/html' } });
  if (page.status >= 500) throw new TypeError('The server is not ready.');
  const form = [...new DOMParser().parseFromString(await page.text(), 'text/html').querySelectorAll('form')]
    .find(known => known.dataset.draft && key.startsWith(`${DRAFT}${known.dataset.draft}#`));
  if (!form) return page;
  const data = new FormData(form);
  for (const field of form.querySelectorAll('input, textarea, select')) {
    const [name, value] = [field.getAttribute('name') ?? '', values[field.getAttribute('name') ?? '']];
    if (value === false) data.delete(name);
    else if (value === true) data.set(name, field.getAttribute('value') ?? 'on');
    else if (value !== undefined) data.set(name, `${value}`);
  }
  const answer = await fetch(form.getAttribute('action') ?? values.waits, { method: 'POST', body: data, headers: { Accept: 'text/html' } });
  if (answer.status >= 500) throw new TypeError('The server is not ready.');
  return answer;
}

/**
 * @param {'Sent' | 'Refused'} how
 * @param {string} address of what was sent, or of the form
 */
function tell(how, address) {
  const note = /** @type {HTMLElement | null} */ (document.querySelector('[data-delivered]'));
  if (!note) return;
  const link = document.createElement('a');
  link.href = address;
  link.textContent = note.dataset[`delivered${how}`] ?? '';
  note.replaceChildren(link);
  note.hidden = false;
}

addEventListener('online', () => { pause = FIRST; attempt(); });
// After drafts.js has put the entries into the forms of the page.
const look = () => { tries = 0; pause = FIRST; if (entries().length > 0) again(); };
look();
onArrival(look);
