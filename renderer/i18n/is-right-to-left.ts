const rightToLeft = /^\P{L}*[\p{sc=Arabic}\p{sc=Hebrew}\p{sc=Syriac}\p{sc=Thaana}\p{sc=Nko}]/u;

/** Whether the first letter is of a script that runs from right to left, as `dir="auto"` asks. */
export function isRightToLeft(text: string): boolean {
  return rightToLeft.test(text);
}
