// What a page has beside the browser: the script of Blazor, which may come later than ours or not at all.
interface BlazorScript {
  /** Goes to an address of this site as a click on a link would, without loading the page anew. */
  navigateTo(uri: string, options?: { forceLoad?: boolean; replaceHistoryEntry?: boolean }): void;
  addEventListener(type: 'enhancednavigationstart' | 'enhancedload' | 'enhancednavigationend', listener: () => void): void;
}

declare var Blazor: BlazorScript | undefined;

// Pages are HTML: what a selector finds there is an HTMLElement, and where its name is an element's, that element.
interface ParentNode {
  querySelector<K extends keyof HTMLElementTagNameMap>(selectors: K): HTMLElementTagNameMap[K] | null;
  querySelector<E extends Element = HTMLElement>(selectors: string): E | null;
  querySelectorAll<K extends keyof HTMLElementTagNameMap>(selectors: K): NodeListOf<HTMLElementTagNameMap[K]>;
  querySelectorAll<E extends Element = HTMLElement>(selectors: string): NodeListOf<E>;
}

interface Element {
  closest<K extends keyof HTMLElementTagNameMap>(selectors: K): HTMLElementTagNameMap[K] | null;
  closest<E extends Element = HTMLElement>(selectors: string): E | null;
}
