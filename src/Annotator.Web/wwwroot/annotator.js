// What the browser does by itself: drafts, focus, shortcuts; the search is in search.js. Pages are complete without it.
const SENT = 'annotator-sent';
const VERSION = 'Form.Version';
const keyOf = form => `annotator-draft:${form.dataset.draft}`;
const fields = form => [...form.querySelectorAll('textarea, select, input:not([type=hidden], [type=file])')];
const given = field => field.type === 'checkbox' ? field.checked : field.value;
const first = field => field.type === 'checkbox' ? field.defaultChecked
  : field.options ? ([...field.options].find(option => option.defaultSelected) ?? field.options[0]).value
  : field.defaultValue;

// Drafts: what is typed stays in this browser until the server has it.
function keep(form) {
  // A refused form comes back with everything in it, so that nothing in it looks new.
  const refused = form.querySelector('.problem');
  const values = Object.fromEntries(fields(form).filter(f => refused || given(f) !== first(f)).map(f => [f.name, given(f)]));
  const filled = Object.keys(values).length > 0;
  // With the version that was edited: if the comment has changed since, sending it must say so.
  if (filled) localStorage.setItem(keyOf(form), JSON.stringify({ ...values, [VERSION]: form.elements[VERSION]?.value }));
  else localStorage.removeItem(keyOf(form));
  const note = form.querySelector('[data-saved]');
  if (note) note.hidden = !filled;
}

function restore(form) {
  if (form.dataset.ready) return;
  form.dataset.ready = '1';
  let values = null;
  try { values = JSON.parse(localStorage.getItem(keyOf(form)) ?? 'null'); } catch { localStorage.removeItem(keyOf(form)); }
  if (!values && !form.querySelector('.problem')) return;
  // What somebody has typed before this script came is newer than the draft.
  for (const field of fields(form).filter(f => given(f) === first(f))) {
    const value = values?.[field.name];
    if (field.type === 'checkbox') field.checked = value ?? field.checked;
    else field.value = value ?? field.value;
  }
  // A conflict that has been shown is the writer's to decide.
  if (values?.[VERSION] && form.elements[VERSION] && !form.querySelector('.problem')) form.elements[VERSION].value = values[VERSION];
  keep(form);
}

document.addEventListener('input', event => {
  const form = event.target.form;
  if (form?.dataset.draft) keep(form);
});

document.addEventListener('submit', event => {
  const form = event.target;
  if (!form.dataset.draft) return;
  keep(form);
  sessionStorage.setItem(SENT, keyOf(form));
});

// Before it is sent in vain. The server looks again.
document.addEventListener('change', event => {
  const { most, tooLarge } = event.target.dataset ?? {};
  if (!most) return;
  event.target.setCustomValidity([...event.target.files].some(file => file.size > Number(most)) ? tooLarge : '');
  event.target.reportValidity();
});

// Back and forward may show a form that the browser has filled in by itself.
addEventListener('pagehide', () => document.querySelectorAll('form[data-draft]').forEach(keep));

// A page that cannot be fetched leaves the present one as it is; say so.
addEventListener('unhandledrejection', event => {
  const note = document.getElementById('blazor-error-ui');
  if (!(event.reason instanceof TypeError) || !note) return;
  note.querySelector('a').href = location.href;
  note.hidden = false;
});

// What the address names. The browser itself marks it only when it loads the page; here Blazor follows the links.
function aim() {
  const named = location.hash.length > 1 ? document.getElementById(location.hash.slice(1)) : null;
  if (!named?.matches('.card, .passage')) return document.querySelector('.card.target');
  document.querySelectorAll('.target').forEach(element => element.classList.remove('target'));
  named.classList.add('target');
  return named;
}
addEventListener('hashchange', aim);
document.addEventListener('click', event => { if (event.target.closest?.('a[href*="#"]')) setTimeout(aim); });

// After a page arrived: only the page that shows what was written proves that it is stored.
function arrived() {
  const sent = sessionStorage.getItem(SENT);
  if (sent && new URLSearchParams(location.search).has('at')) localStorage.removeItem(sent);
  sessionStorage.removeItem(SENT);
  document.querySelectorAll('form[data-draft]').forEach(restore);
  const target = aim();
  const focus = document.querySelector('[data-focus]');
  // Beside a text the words come into view, and the card with them: reader.js.
  const aims = !!document.querySelector('[data-reader]');
  if (focus) { focus.focus({ preventScroll: aims || !!target }); if (!aims) focus.scrollIntoView({ block: 'center' }); }
  else if (target && !aims && /[?&]at=|#/.test(location.href)) target.scrollIntoView({ block: 'center' });
}

// Shortcuts. Letters by their place on the keyboard, so that every layout has them; never while an input method composes.
const isTyping = element => element?.closest?.('input, textarea, select, [contenteditable]');
document.addEventListener('keydown', event => {
  // 229: Safari ends the composition before it tells of the key that ended it.
  if (event.isComposing || event.keyCode === 229) return;
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && event.target.form?.dataset.draft) {
    event.preventDefault();
    event.target.form.requestSubmit();
  } else if (event.key === 'Escape') {
    document.querySelectorAll('details.menu[open]').forEach(menu => { menu.open = false; menu.querySelector('summary').focus(); });
  } else if (event.key === '/' && !isTyping(event.target) && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    document.getElementById('find')?.select();
  }
});

document.addEventListener('click', event => {
  document.querySelectorAll('details.menu[open]').forEach(menu => { if (!menu.contains(event.target)) menu.open = false; });
});

// The next page of a list begins at its top; Blazor stays where it was as long as the path is the same.
let paging = false;
document.addEventListener('click', event => { paging = !!event.target.closest?.('.pages a'); });
function turn() {
  if (!paging) return;
  paging = false;
  document.getElementById('focus')?.focus({ preventScroll: true });
  scrollTo({ top: 0, behavior: 'instant' });
}

arrived();
// Blazor replaces pages without loading them anew.
const attach = () => globalThis.Blazor?.addEventListener('enhancedload', () => { turn(); arrived(); });
if (globalThis.Blazor) attach(); else addEventListener('load', attach);
