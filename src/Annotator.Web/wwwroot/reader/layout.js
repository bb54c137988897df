// @ts-check
// Computes where the cards of the margin stand. It takes and returns numbers only, so that tests can run it on any number of cards.

/** @typedef {{ top: number, isStub: boolean, isAway: boolean }} Settled where a place stands; whether it is cut down to one line; whether there is no room for it */

/**
 * Places from top to bottom, each as near to the height that it wants as the ones before it allow; then the focused one exactly
 * where it wants to be, the others moved out of its way. A place that ends up further than `far` from its mark is a stub of one line.
 * Nothing stands above the beginning of the list: what would is away, without any height, as long as the focus is where it is.
 * @param {{ want: number, height: number, isWhole?: boolean }[]} places wanted top and height of each, in pixels, sorted by wanted
 *   top; a whole one is never a stub
 * @param {number} focus index of the focused one; -1 when none is
 * @param {{ gap?: number, stub?: number, far?: number }} sizes distance between two, height of a stub, in pixels
 * @returns {Settled[]}
 */
export function settle(places, focus, { gap = 8, stub = 32, far = Infinity } = {}) {
  /** @type {Settled[]} */
  const settled = [];
  /** @type {(from: number, top: number) => void} */
  const below = (from, top) => {
    for (let i = from, free = top; i < places.length; i++) {
      const { want, height, isWhole } = places[i];
      const top = Math.max(want, free);
      const isStub = i !== focus && !isWhole && top - want > far;
      settled[i] = { top, isStub, isAway: false };
      free = top + (isStub ? stub : height) + gap;
    }
  };
  below(0, 0);
  if (focus < 0 || focus >= places.length) return settled;
  // A few of those before it keep their line where it is near to the beginning of the list.
  const top = Math.max(places[focus].want, Math.min(focus * (stub + gap), far / 6));
  settled[focus] = { top, isStub: false, isAway: false };
  below(focus + 1, top + places[focus].height + gap);
  for (let i = focus - 1, end = top - gap; i >= 0; i--) {
    const was = settled[i];
    const size = was.isStub ? stub : places[i].height;
    // The cards from here on are not pushed: they keep their places.
    if (was.top + size <= end) break;
    // Those before it have a line each at least, as far as one sees.
    const left = Math.min(i * (stub + gap), far);
    const isStub = was.isStub || !places[i].isWhole && (places[i].want - (end - size) > far || end - size < left);
    const top = Math.min(was.top, end - (isStub ? stub : size));
    settled[i] = { top: Math.max(0, top), isStub, isAway: top < 0 };
    end = top < 0 ? -gap : top - gap;
  }
  return settled;
}
