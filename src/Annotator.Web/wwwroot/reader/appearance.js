// @ts-check
// The appearance changes while one moves a slider, with the words that are read where they are; it is kept with the form's own request.
import { formOf, targetOf } from '../dom.js';
import { now } from './state.js';
import * as looks from './looks.js';
import * as margin from './margin.js';
import * as position from './position.js';

// The words that were read before the first of several changes, and where the page was after the last.
/** @type {{ words: position.Words | null, at: string } | null} */
let read = null;
const at = () => [now.root.dataset.snapshot, scrollY, now.text?.scrollLeft].join(' ');
let sent = Promise.resolve();

/** @param {Event} event */
function appearanceOf(event) {
  const form = formOf(targetOf(event));
  return form && form.dataset.appearance !== undefined && now.root?.contains(form) ? form : null;
}

/** @param {HTMLFormElement} form */
function show(form) {
  const chosen = new FormData(form);
  const { dataset } = now.root;
  for (const name of ['size', 'width', 'spacing', 'face']) dataset[name] = `${chosen.get(name)}`;
  dataset.ruby = chosen.has('noruby') ? 'off' : 'on';
  now.root.toggleAttribute('data-vertical', chosen.has('vertical'));
  if (chosen.has('nokeys')) dataset.keys = 'off'; else delete dataset.keys;
  // A system that turns dark is followed no more, unless it is the system that one has chosen (theme.js).
  const page = document.documentElement.dataset;
  delete page.follows;
  page.theme = `${chosen.get('paper')}`;
}

document.addEventListener('input', event => {
  const form = appearanceOf(event);
  if (!form) return;
  const words = read?.at === at() ? read.words : position.words();
  show(form);
  looks.turn();
  margin.request(true);
  position.holdWords(words);
  read = { words, at: at() };
});

// One request after the other: the answer to the last one is what the browser keeps.
document.addEventListener('change', event => {
  const form = appearanceOf(event);
  if (!form) return;
  const body = new URLSearchParams(/** @type {[string, string][]} */ ([...new FormData(form)]));
  const send = () => fetch(form.action, { method: 'POST', body, redirect: 'manual', keepalive: true }).then(() => {}, () => {});
  sent = sent.then(send);
});
