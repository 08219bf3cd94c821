/**
 * The optimal string alignment distance: how many letters one must insert, delete, replace, or swap with their neighbour
 * to turn one word into the other. Counts UTF-16 units: names are short, and letters beyond the BMP are rare.
 */
export function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const isSame = a[row - 1] === b[column - 1];
      let least = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (isSame ? 0 : 1),
      );
      const isSwap = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (isSwap) least = Math.min(least, (before[column - 2] ?? 0) + 1);
      current.push(least);
    }
    before = previous;
    previous = current;
  }
  return previous[b.length] ?? 0;
}

/** How many slips a word of this length forgives. One slip turns a word of three letters into another word. */
export function slipsForgiven(length: number): number {
  if (length < 4) return 0;
  return length < 8 ? 1 : 2;
}
