// @ts-check
/** @param {HTMLTextAreaElement} area */
export const isBlank = area => area.value.trim() === '';
/** @param {HTMLTextAreaElement} area */
export const textOf = area => new Blob([area.value]);
