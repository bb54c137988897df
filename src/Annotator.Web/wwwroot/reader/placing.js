// @ts-check
// A form that asks where a passage stands takes what is selected in the text.
import { selected } from './selection.js';

/** @returns {HTMLFormElement | null} */
const asking = () => document.querySelector('form[data-takes-selection]');
/** @param {HTMLFormElement} form @param {string} name */
const fieldOf = (form, name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name));

document.addEventListener('selectionchange', () => {
  const form = asking();
  const quote = form && selected();
  if (!quote) return;
  fieldOf(form, 'Exact').value = quote.exact;
  fieldOf(form, 'Start').value = `${quote.start}`;
  fieldOf(form, 'End').value = `${quote.end}`;
});

// Words that are typed have no position: they are looked for in the text.
document.addEventListener('input', event => {
  const form = asking();
  if (form && event.target === fieldOf(form, 'Exact')) fieldOf(form, 'Start').value = fieldOf(form, 'End').value = '';
});
