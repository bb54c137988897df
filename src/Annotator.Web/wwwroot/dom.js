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
 * @param {Element | null} [cover] without one the bars of the page, also while the one of the reader has gone or is yet to come
 */
export function edge(cover) {
  const isStuck = (/** @type {Element | null | undefined} */ one) => !!one && ['sticky', 'fixed'].includes(getComputedStyle(one).position);
  if (cover !== undefined) return cover && isStuck(cover) ? Math.max(0, cover.getBoundingClientRect().bottom) : 0;
  return [...document.querySelectorAll('body > .bar, .reader > .bar')].filter(isStuck).reduce((sum, bar) => sum + bar.clientHeight, 0);
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

/**
 * What this browser keeps for the site. It may refuse to, and its room may be full: then the page keeps it as long as it is open.
 * @param {'localStorage' | 'sessionStorage'} name
 */
function store(name) {
  /** @type {Map<string, string>} */
  const held = new Map();
  /** @type {<T>(act: (storage: Storage) => T, otherwise: T) => T} */
  const tried = (act, otherwise) => { try { return act(globalThis[name]); } catch { return otherwise; } };
  return {
    /** @param {string} key */
    get: key => held.get(key) ?? tried(storage => storage.getItem(key), null),
    /** @type {(key: string, value: string) => boolean} false where only the page keeps it */
    set: (key, value) => {
      const isKept = tried(storage => { storage.setItem(key, value); return true; }, false);
      if (isKept) held.delete(key); else held.set(key, value);
      return isKept;
    },
    /** @param {string} key */
    remove: key => { held.delete(key); tried(storage => storage.removeItem(key), undefined); },
    keys: () => [...new Set([...held.keys(), ...tried(storage => Object.keys(storage), [])])],
  };
}

/** For all tabs, until it is removed. */
export const kept = store('localStorage');
/** For this tab. */
export const session = store('sessionStorage');
