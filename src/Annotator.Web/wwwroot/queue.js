// @ts-check
// A form that the server works on for a while: says so, and how many others come first. Without this script one simply waits.
import { onArrival } from './dom.js';

const PAUSE = 1000;
let timer = 0;

document.addEventListener('submit', event => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.dataset.busy) return;
  const note = form.querySelector('[data-queue]');
  if (!(note instanceof HTMLElement)) return;
  note.textContent = form.dataset.busy;
  clearTimeout(timer);
  timer = setTimeout(() => ask(form, note), PAUSE);
});

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement} note
 */
async function ask(form, note) {
  if (!note.isConnected) return;
  const answer = await fetch(note.dataset.queue ?? '').catch(() => null);
  const ahead = answer?.status === 200 ? await answer.text() : '0';
  const text = ahead === '0' ? form.dataset.busy : note.dataset.ahead?.replace('{0}', ahead);
  if (text && note.textContent !== text) note.textContent = text;
  timer = setTimeout(() => ask(form, note), PAUSE);
}

// The answer to the form has arrived.
onArrival(() => {
  clearTimeout(timer);
  document.querySelectorAll('[data-queue]').forEach(note => { note.textContent = ''; });
});
