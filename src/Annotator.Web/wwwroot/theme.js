// @ts-check
// Runs before the first paint: the system's choice of light or dark, unless the reader has made one.
const root = document.documentElement;
const dark = matchMedia('(prefers-color-scheme: dark)');
function follow() {
  if (root.dataset.theme === 'system') root.dataset.follows = 'system';
  const theme = dark.matches ? 'dark' : 'light';
  // Set only when it differs: the observer below fires for each assignment.
  if (root.dataset.follows && root.dataset.theme !== theme) root.dataset.theme = theme;
}
follow();
dark.addEventListener('change', follow);
// Blazor puts the server's attributes back with each page that it fetches.
new MutationObserver(follow).observe(root, { attributes: true, attributeFilter: ['data-theme'] });
