// While somebody writes: how it will look, and what language it is taken for. The form itself is complete without it.
const PAUSE = 800;
let waiting = 0;
let asked = null;

const formOf = element => element?.closest?.('form:has([data-preview])');
const bodyOf = form => form.querySelector('textarea[name="Form.Body"]');

async function ask(form) {
  asked?.abort();
  asked = new AbortController();
  const data = new FormData();
  data.set('body', bodyOf(form).value);
  data.set('__RequestVerificationToken', form.elements.__RequestVerificationToken.value);
  const answer = await fetch('/preview', { method: 'POST', body: data, signal: asked.signal });
  return answer.ok ? { html: await answer.text(), language: answer.headers.get('Content-Language') } : null;
}

function told(form, language) {
  const picker = form.querySelector('select[data-found]');
  if (!picker || !language) return;
  const known = [...picker.options].find(option => option.value === language);
  const first = picker.options[0];
  first.dataset.asked ??= first.textContent;
  first.textContent = known && bodyOf(form).value.trim() ? picker.dataset.found.replace('{0}', known.textContent) : first.dataset.asked;
  bodyOf(form).lang = picker.value || (language === 'und' ? '' : language);
}

async function look(form) {
  // Without a connection the form stays as it is; the draft is safe.
  const answer = await ask(form).catch(() => null);
  if (!answer) return;
  told(form, answer.language);
  const shown = form.querySelector('[data-preview]');
  if (shown.hidden) return;
  // The server has sanitised it, as it does for everybody's comments.
  shown.innerHTML = answer.html;
  shown.lang = bodyOf(form).lang;
}

document.addEventListener('input', event => {
  const form = formOf(event.target);
  if (!form || event.target !== bodyOf(form) || event.isComposing) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => look(form), PAUSE);
});
document.addEventListener('compositionend', event => event.target.dispatchEvent(new Event('input', { bubbles: true })));

document.addEventListener('click', event => {
  const button = event.target.closest?.('[data-do="preview"]');
  if (!button) return;
  const form = formOf(button);
  const shown = form.querySelector('[data-preview]');
  shown.hidden = !shown.hidden;
  shown.setAttribute('aria-label', shown.dataset.preview);
  button.setAttribute('aria-pressed', String(!shown.hidden));
  if (!shown.hidden) look(form);
});

function ready() {
  document.querySelectorAll('[data-do="preview"][hidden]').forEach(button => { button.hidden = false; });
}
ready();
const attach = () => globalThis.Blazor?.addEventListener('enhancedload', ready);
if (globalThis.Blazor) attach(); else addEventListener('load', attach);
