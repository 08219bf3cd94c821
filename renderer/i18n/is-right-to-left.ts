const rightToLeft = /^\P{L}*[\p{sc=Arabic}\p{sc=Hebrew}\p{sc=Syriac}\p{sc=Thaana}\p{sc=Nko}]/u;

/** Whether the first letter belongs to a right-to-left script. `dir="auto"` decides in the same way. */
export function isRightToLeft(text: string): boolean {
  return rightToLeft.test(text);
}
