// What the browser does by itself: drafts, focus, shortcuts. Pages are complete without it.
const SENT = 'annotator-sent';
const keyOf = form => `annotator-draft:${form.dataset.draft}`;
const fields = form => [...form.querySelectorAll('textarea, input:not([type=hidden]):not([type=checkbox])')];

// Drafts: what is typed stays in this browser until the server has it.
function keep(form) {
  const values = Object.fromEntries(fields(form).filter(f => f.value !== f.defaultValue).map(f => [f.name, f.value]));
  const filled = Object.keys(values).length > 0;
  if (filled) localStorage.setItem(keyOf(form), JSON.stringify(values));
  else localStorage.removeItem(keyOf(form));
  const note = form.querySelector('[data-saved]');
  if (note) note.hidden = !filled;
}

function restore(form) {
  if (form.dataset.ready) return;
  form.dataset.ready = '1';
  let values = null;
  try { values = JSON.parse(localStorage.getItem(keyOf(form)) ?? 'null'); } catch { localStorage.removeItem(keyOf(form)); }
  for (const field of fields(form)) {
    // The server sends back what was refused: that is newer than the draft.
    if (values?.[field.name] !== undefined && !form.querySelector('.problem')) field.value = values[field.name];
  }
  if (values) keep(form);
}

let later = 0;
document.addEventListener('input', event => {
  const form = event.target.form;
  if (!form?.dataset.draft) return;
  clearTimeout(later);
  later = setTimeout(() => keep(form), 400);
});

document.addEventListener('submit', event => {
  const form = event.target;
  if (!form.dataset.draft) return;
  clearTimeout(later);
  keep(form);
  sessionStorage.setItem(SENT, keyOf(form));
});

addEventListener('pagehide', () => document.querySelectorAll('form[data-draft]').forEach(keep));

// After a page arrived: a form that was sent and is gone has been stored.
function arrived() {
  const sent = sessionStorage.getItem(SENT);
  const open = [...document.querySelectorAll('form[data-draft]')];
  if (sent) {
    if (!open.some(form => keyOf(form) === sent)) localStorage.removeItem(sent);
    sessionStorage.removeItem(SENT);
  }
  open.forEach(restore);
  const target = document.querySelector('.card.target') ?? (location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null);
  const focus = document.querySelector('[data-focus]');
  if (focus) { focus.focus({ preventScroll: !!target }); focus.scrollIntoView({ block: 'center' }); }
  else if (target && /[?&]at=|#/.test(location.href)) target.scrollIntoView({ block: 'center' });
}

// Shortcuts. Letters by their place on the keyboard, so that every layout has them; never while an input method composes.
const isTyping = element => element?.closest?.('input, textarea, select, [contenteditable]');
document.addEventListener('keydown', event => {
  if (event.isComposing) return;
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && event.target.form?.dataset.draft) {
    event.preventDefault();
    event.target.form.requestSubmit();
  } else if (event.key === 'Escape') {
    document.querySelectorAll('details.menu[open]').forEach(menu => { menu.open = false; menu.querySelector('summary').focus(); });
  } else if (event.key === '/' && !isTyping(event.target) && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    document.getElementById('find')?.focus();
  }
});

document.addEventListener('click', event => {
  document.querySelectorAll('details.menu[open]').forEach(menu => { if (!menu.contains(event.target)) menu.open = false; });
});

arrived();
// Blazor replaces pages without loading them anew.
const attach = () => globalThis.Blazor?.addEventListener('enhancedload', arrived);
if (globalThis.Blazor) attach(); else addEventListener('load', attach);
