// @ts-check
// The dialog that lists the keys.
import { focused } from '../dom.js';
import { now, make, word } from './state.js';

const KEYS = [
  ['paragraphs', '↓ ↑'], ['words', '→ ←'], ['extend', 'Shift → ←'], ['sentences', 'Shift ↓ ↑'], ['sentence', 's'],
  ['highlight', 'h'], ['comment', 'a'], ['tag', 't'], ['places', 'j k'], ['enter', 'Enter'], ['back', 'Esc'],
  ['reply', 'r'], ['edit', 'e'], ['undo', 'u'], ['clean', '\\'], ['list', 'm'], ['library', 'g l'], ['top', 'g s'], ['find', '/'], ['keys', '?'],
];
// What a page without a text has no use for.
const OF_TEXT = ['paragraphs', 'words', 'extend', 'sentences', 'sentence', 'highlight', 'tag'];
/** @type {HTMLDialogElement | null} */
let dialog = null;

export const isHelpOpen = () => !!dialog?.isConnected && dialog.open;

export function help() {
  if (isHelpOpen()) return;
  const rows = KEYS.filter(([name]) => now.text || !OF_TEXT.includes(name)).filter(([name]) => now.root.dataset.keys !== 'off' || ['back', 'keys'].includes(name)).map(([name, keys]) =>
    make('li', {}, make('span', {}, word(`key-${name}`)), make('span', { dir: 'ltr' }, ...keys.split(' ').flatMap((key, i) => [i ? ' ' : '', make('kbd', {}, key)]))));
  const search = make('input', { type: 'search', 'aria-label': word('keys-search'), placeholder: word('keys-search'), dir: 'auto' });
  const close = make('button', { type: 'submit' }, word('close'));
  search.addEventListener('input', () => {
    const wanted = search.value.trim().toLocaleLowerCase();
    for (const row of rows) row.hidden = !(row.textContent ?? '').toLocaleLowerCase().includes(wanted);
  });
  // Enter in the search field must not press a button of the dialog.
  search.addEventListener('keydown', event => { if (event.key === 'Enter') event.preventDefault(); });
  const sheet = make('dialog', { class: 'help-keys', 'aria-labelledby': 'help-keys', 'data-own': 'keys' },
    make('form', { method: 'dialog' }, make('h2', { id: 'help-keys' }, word('keys')), search, make('ul', {}, ...rows), close));
  const opener = focused();
  dialog = sheet;
  sheet.addEventListener('close', () => { sheet.remove(); dialog = null; opener.focus({ preventScroll: true }); });
  sheet.addEventListener('click', event => { if (event.target === sheet) sheet.close(); });
  document.body.append(sheet);
  sheet.showModal();
}
