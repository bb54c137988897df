// @ts-check
// Each line is one fault that the compiler must report.
document.querySelector('#find').focus();
globalThis.Blazor.navigateTo('/');
export const half = text => text.slice(text.length / 2);
document.addEventListener('click', event => event.target.closest('a'));
