// Runs before the first paint: the system's choice of light or dark, unless the reader has made one.
const root = document.documentElement;
const dark = matchMedia('(prefers-color-scheme: dark)');
const follow = () => { if (root.dataset.theme === 'system' || root.dataset.follows) { root.dataset.follows = 'system'; root.dataset.theme = dark.matches ? 'dark' : 'light'; } };
follow();
dark.addEventListener('change', follow);
