// @ts-check
// The place that has the reader's attention: its words and its commentary are marked, and it has its exact height.
import { now, placeOf, piecesOf } from './state.js';
import * as margin from './margin.js';

/**
 * The marks and the commentary of passages.
 * @param {string[]} ids
 */
export const elementsOf = ids => ids.flatMap(id => [...piecesOf(id), placeOf(id)?.element]).filter(element => element !== undefined);

/**
 * The place takes its exact height and shows all that it has; the others make room.
 * @param {string | null | undefined} id of a passage; null for none
 */
export function focusPlace(id) {
  for (const element of now.root.querySelectorAll('.is-focused')) element.classList.remove('is-focused');
  now.focus = id && placeOf(id) ? id : null;
  if (now.focus) for (const element of elementsOf([now.focus])) element.classList.add('is-focused');
  margin.request();
}
