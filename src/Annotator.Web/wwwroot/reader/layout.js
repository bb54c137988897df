// @ts-check
// Computes where the cards of the margin stand. It takes and returns numbers only, so that tests can run it on any number of cards.

/**
 * Places from top to bottom, each as near to the height that it wants as the ones before it allow; then the focused one exactly
 * where it wants to be, the others moved out of its way. A place that ends up further than `far` from its mark is a stub of one line.
 * @param {{ want: number, height: number }[]} places wanted top and height of each, in pixels, sorted by wanted top
 * @param {number} focus index of the focused one; -1 when none is
 * @param {{ gap?: number, stub?: number, far?: number }} sizes distance between two, height of a stub, in pixels
 * @returns {{ top: number, isStub: boolean }[]} for each its top and whether it is a stub
 */
export function settle(places, focus, { gap = 8, stub = 32, far = Infinity } = {}) {
  /** @type {{ top: number, isStub: boolean }[]} */
  const settled = [];
  /** @type {(from: number, top: number) => void} */
  const below = (from, top) => {
    for (let i = from, free = top; i < places.length; i++) {
      const { want, height } = places[i];
      const top = Math.max(want, free);
      const isStub = i !== focus && top - want > far;
      settled[i] = { top, isStub };
      free = top + (isStub ? stub : height) + gap;
    }
  };
  below(0, 0);
  if (focus < 0 || focus >= places.length) return settled;
  const { want, height } = places[focus];
  settled[focus] = { top: want, isStub: false };
  below(focus + 1, want + height + gap);
  for (let i = focus - 1, end = want - gap; i >= 0; i--) {
    const size = settled[i].isStub ? stub : places[i].height;
    // The cards from here on are not pushed: they keep their places.
    if (settled[i].top + size <= end) break;
    /** @type {boolean} */
    const isStub = settled[i].isStub || places[i].want - (end - size) > far || end - size < 0;
    const top = Math.min(settled[i].top, end - (isStub ? stub : size));
    settled[i] = { top, isStub };
    end = top - gap;
  }
  return settled;
}
