// @ts-check
// Quotes from selections. The text of a snapshot is that of its text nodes without ruby annotations; positions are code points.
const READING = 'rt, rp';
const AROUND = 32;
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** @typedef {{ nodes: Text[], starts: number[], text: string, places: Map<Node, number> }} Index */
/** @typedef {{ start: number, end: number, exact: string, prefix: string, suffix: string }} Quote positions in code points */

/** @type {WeakMap<Element, Index>} */
const indexes = new WeakMap();

/**
 * The text and where each of its nodes begins, in code units; kept until the text is read anew.
 * @param {Element} root
 * @returns {Index}
 */
export function indexOf(root) {
  const known = indexes.get(root);
  if (known) return known;
  /** @type {Text[]} */
  const nodes = [];
  /** @type {number[]} */
  const starts = [];
  const parts = [];
  let length = 0;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT,
    node => node instanceof Element ? (node.matches(READING) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP) : NodeFilter.FILTER_ACCEPT);
  while (walker.nextNode()) {
    const node = /** @type {Text} */ (walker.currentNode);
    nodes.push(node);
    starts.push(length);
    parts.push(node.data);
    length += node.data.length;
  }
  const index = { nodes, starts, text: parts.join(''), places: new Map(nodes.map((node, i) => /** @type {[Node, number]} */ ([node, starts[i]]))) };
  indexes.set(root, index);
  return index;
}

/** @param {Element} root */
export const forget = root => indexes.delete(root);
/** @param {Element} root */
export const textOf = root => indexOf(root).text;

/**
 * How many code points stand before a code unit.
 * @param {string} text
 * @param {number} unit
 */
export function pointsBefore(text, unit) {
  let points = unit;
  for (let i = 1; i < unit; i++) if (isLow(text, i) && isHigh(text, i - 1)) points--;
  return points;
}

/**
 * The code unit at which a code point begins.
 * @param {string} text
 * @param {number} point
 */
export function unitOf(text, point) {
  let unit = 0;
  for (let left = point; left > 0 && unit < text.length; left--) unit += isHigh(text, unit) && isLow(text, unit + 1) ? 2 : 1;
  return unit;
}

/** @param {string} text @param {number} i */
const isHigh = (text, i) => (text.charCodeAt(i) & 0xfc00) === 0xd800;
/** @param {string} text @param {number} i */
const isLow = (text, i) => (text.charCodeAt(i) & 0xfc00) === 0xdc00;

/**
 * The first of sorted positions for which something holds.
 * @param {number} count
 * @param {(position: number) => boolean} holds
 */
function firstOf(count, holds) {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle; else low = middle + 1;
  }
  return low;
}

/**
 * The position of a boundary in code units; what lies outside of the text is clipped to it.
 * @param {Element} root
 * @param {Node} container
 * @param {number} offset
 */
export function unitAt(root, container, offset) {
  const { nodes, starts, text, places } = indexOf(root);
  const start = places.get(container);
  if (start !== undefined) return start + offset;
  const probe = document.createRange();
  probe.setStart(container, offset);
  const next = firstOf(nodes.length, i => probe.comparePoint(nodes[i], 0) >= 0);
  return next < nodes.length ? starts[next] : text.length;
}

/**
 * Whole graphemes, without white space at both ends; null when nothing is left.
 * @param {string} text
 * @param {number} start
 * @param {number} end
 */
export function widen(text, start, end) {
  if (start >= end) return null;
  start = borderAt(text, start).start;
  const last = borderAt(text, end);
  if (last.start < end) end = last.end;
  while (start < end && /\s/.test(text[start]) && !/^\p{M}/u.test(text.slice(start + 1, end))) start++;
  while (start < end && /\s/.test(text[end - 1])) end--;
  return start < end ? { start, end } : null;
}

// A grapheme never spans a line feed, so only the paragraph around the position is segmented, and of a very long one the
// surroundings.
/**
 * The grapheme at a code unit, in code units.
 * @param {string} text
 * @param {number} unit
 */
function borderAt(text, unit) {
  if (unit >= text.length) return { start: text.length, end: text.length };
  const from = Math.max(0, unit - 500, Math.min(unit, text.lastIndexOf('\n', unit - 1) + 1));
  const { index, segment } = graphemes.segment(text.slice(from, unit + 100)).containing(unit - from) ?? { index: unit - from, segment: '' };
  return { start: from + index, end: from + index + segment.length };
}

/**
 * A quote of the words between two code units: its positions in code points, its words and what stands around them.
 * @param {string} text
 * @param {number} from
 * @param {number} to
 * @returns {Quote | null}
 */
export function quoteBetween(text, from, to) {
  const wide = widen(text, from, to);
  if (!wide) return null;
  const start = pointsBefore(text, wide.start);
  const exact = text.slice(wide.start, wide.end);
  // Two code units more than can be needed: the first may be half a character.
  const prefix = [...text.slice(Math.max(0, wide.start - 2 * AROUND - 2), wide.start)].slice(-AROUND).join('');
  const suffix = [...text.slice(wide.end, wide.end + 2 * AROUND + 2)].slice(0, AROUND).join('');
  return { start, end: start + [...exact].length, exact, prefix, suffix };
}

/**
 * The quote of a range; null when none of the text is in it.
 * @param {Element} root
 * @param {Range} range
 */
export function quoteOf(root, range) {
  const { text } = indexOf(root);
  return quoteBetween(text, unitAt(root, range.startContainer, range.startOffset), unitAt(root, range.endContainer, range.endOffset));
}

/**
 * The range between two code units.
 * @param {Element} root
 * @param {number} start
 * @param {number} end
 */
export function rangeBetween(root, start, end) {
  const { nodes, starts } = indexOf(root);
  const range = document.createRange();
  if (nodes.length === 0) { range.selectNodeContents(root); return range; }
  /** @type {(unit: number, early: boolean) => [Text, number]} */
  const at = (unit, early) => {
    const after = firstOf(nodes.length, i => early ? starts[i] >= unit : starts[i] > unit);
    const i = Math.max(0, after - 1);
    return [nodes[i], Math.min(unit - starts[i], nodes[i].data.length)];
  };
  range.setStart(...at(start, false));
  range.setEnd(...at(end, true));
  return range;
}

/**
 * The range between two code points.
 * @param {Element} root
 * @param {number} start
 * @param {number} end
 */
export function rangeOf(root, start, end) {
  const { text } = indexOf(root);
  return rangeBetween(root, unitOf(text, start), unitOf(text, end));
}

/**
 * Where words or sentences begin and end in a text, in code units; without what only separates words.
 * @param {string} text
 * @param {'word' | 'sentence'} granularity
 * @param {string | undefined} language
 */
export function segmentsOf(text, granularity, language) {
  let segmenter;
  try { segmenter = new Intl.Segmenter(language || undefined, { granularity }); } catch { segmenter = new Intl.Segmenter(undefined, { granularity }); }
  return [...segmenter.segment(text)]
    .filter(part => granularity === 'word' ? part.isWordLike : part.segment.trim())
    .map(part => ({ start: part.index, end: part.index + part.segment.trimEnd().length }));
}

/**
 * Where a step from a position leads: forwards to the end of the next part, backwards to the beginning of the one before.
 * @param {{ start: number, end: number }[]} parts
 * @param {number} position
 * @param {boolean | undefined} forwards
 */
export function stepOver(parts, position, forwards) {
  const found = forwards ? parts.find(part => part.end > position) : parts.findLast(part => part.start < position);
  return found ? (forwards ? found.end : found.start) : position;
}
