// A form that asks where a passage stands takes what is selected in the text.
import { selected } from './selection.js';

const asking = () => document.querySelector('form[data-takes-selection]');

document.addEventListener('selectionchange', () => {
  const form = asking();
  const quote = form && selected();
  if (!quote) return;
  form.elements.Exact.value = quote.exact;
  form.elements.Start.value = quote.start;
  form.elements.End.value = quote.end;
});

// What is typed stands wherever the text has it.
document.addEventListener('input', event => {
  const form = asking();
  if (form && event.target === form.elements.Exact) form.elements.Start.value = form.elements.End.value = '';
});
