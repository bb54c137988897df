// @ts-check
// What all scripts of the pages ask of the browser and of Blazor.

/**
 * The element that an event happened on; null where that is the document or the window.
 * @param {Event} event
 */
export const targetOf = event => event.target instanceof Element ? /** @type {HTMLElement} */ (event.target) : null;

/**
 * The form that a field or a button belongs to.
 * @param {Element | null} element
 * @returns {HTMLFormElement | null}
 */
export const formOf = element => element && 'form' in element && element.form instanceof HTMLFormElement ? element.form : null;

/**
 * Whether keys write into this element.
 * @param {Element | null | undefined} element
 */
export const isTyping = element => !!element?.closest('input, textarea, select, [contenteditable]');

/**
 * Whether an input method has the keys. 229: Safari ends the composition before it reports the key that ended it.
 * @param {KeyboardEvent} event
 */
export const isComposing = event => event.isComposing || event.keyCode === 229;

/** The element that has the focus; `body` when none has. */
export const focused = () => /** @type {HTMLElement} */ (document.activeElement ?? document.body);

/** The selection of the page. Only a hidden frame has none. */
export const chosen = () => /** @type {Selection} */ (getSelection());

/**
 * How far something that stays in the window reaches into it from above, in pixels; 0 where it scrolls away.
 * @param {Element | null} cover the bar of the page
 */
export function edge(cover = document.querySelector('body > .bar')) {
  const isStuck = !!cover && ['sticky', 'fixed'].includes(getComputedStyle(cover).position);
  return isStuck ? Math.max(0, cover.getBoundingClientRect().bottom) : 0;
}

/**
 * What a text of JSON holds; `otherwise` when it is none, or not there.
 * @param {string | null | undefined} json
 * @param {any} otherwise
 * @returns {any}
 */
export function parsed(json, otherwise) {
  try { return JSON.parse(json ?? 'null') ?? otherwise; } catch { return otherwise; }
}

/**
 * Hears of an event of Blazor, which starts after the scripts.
 * @param {'enhancednavigationstart' | 'enhancedload' | 'enhancednavigationend'} event
 * @param {() => void} act
 */
export function onBlazor(event, act) {
  const attach = () => globalThis.Blazor?.addEventListener(event, act);
  if (globalThis.Blazor) attach(); else addEventListener('load', attach);
}

/**
 * Runs something after each page that Blazor puts into this one without loading it anew.
 * @param {() => void} act
 */
export const onArrival = act => onBlazor('enhancedload', act);
