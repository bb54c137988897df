// Each line is one fault that ESLint must report.
export const same = (one, other) => one == other;
export const show = (element, text) => { element.innerHTML = text; };
export const gone = () => misspelt;
export const run = text => eval(text);
export const keep = () => localStorage.clear();
