// @ts-check
// While somebody writes: how it will look, and what language it is taken for. The form itself is complete without it.
import { targetOf } from './dom.js';

const PAUSE = 800;
let waiting = 0;
/** @type {AbortController | null} */
let asked = null;

/**
 * The form of a comment that an element lies in.
 * @param {Element | null} element
 * @returns {HTMLFormElement | null | undefined}
 */
const formOf = element => element?.closest('form:has([data-preview])');

/**
 * @param {HTMLFormElement} form
 */
const bodyOf = form => /** @type {HTMLTextAreaElement} */ (form.querySelector('textarea[name="Form.Body"]'));

/**
 * @param {HTMLFormElement} form
 */
const previewOf = form => /** @type {HTMLElement} */ (form.querySelector('[data-preview]'));

/**
 * @param {HTMLFormElement} form
 * @returns {Promise<{ html: string, language: string | null } | null>}
 */
async function ask(form) {
  asked?.abort();
  asked = new AbortController();
  const data = new FormData();
  data.set('body', bodyOf(form).value);
  data.set('__RequestVerificationToken', /** @type {HTMLInputElement} */ (form.elements.namedItem('__RequestVerificationToken')).value);
  const answer = await fetch('/preview', { method: 'POST', body: data, signal: asked.signal });
  return answer.ok ? { html: await answer.text(), language: answer.headers.get('Content-Language') } : null;
}

/**
 * Names the language that was recognised in the first choice of the picker.
 * @param {HTMLFormElement} form
 * @param {string | null} language
 */
function told(form, language) {
  /** @type {HTMLSelectElement | null} */
  const picker = form.querySelector('select[data-found]');
  if (!picker || !language) return;
  const known = [...picker.options].find(option => option.value === language);
  const first = picker.options[0];
  const asked = first.dataset.asked ??= first.textContent ?? '';
  first.textContent = known && bodyOf(form).value.trim() ? (picker.dataset.found ?? '').replace('{0}', known.textContent ?? '') : asked;
  bodyOf(form).lang = picker.value || (language === 'und' ? '' : language);
}

/**
 * @param {HTMLFormElement} form
 */
async function look(form) {
  // Without a connection the form stays as it is; the draft is safe.
  const answer = await ask(form).catch(() => null);
  if (!answer) return;
  told(form, answer.language);
  const shown = previewOf(form);
  if (!shown.closest('details')?.open) return;
  // The HTML is sanitised by the server, as for all comments.
  // eslint-disable-next-line no-restricted-syntax
  shown.innerHTML = answer.html;
  shown.lang = bodyOf(form).lang;
}

document.addEventListener('input', event => {
  const form = formOf(targetOf(event));
  if (!form || event.target !== bodyOf(form) || event instanceof InputEvent && event.isComposing) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => look(form), PAUSE);
});
document.addEventListener('compositionend', event => event.target?.dispatchEvent(new Event('input', { bubbles: true })));

document.addEventListener('toggle', event => {
  const form = formOf(targetOf(event));
  if (form) look(form);
}, true);
