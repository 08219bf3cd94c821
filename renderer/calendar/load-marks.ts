import './marks.css';

/** Loads the font of the marks before the first day is drawn: a later font lays all marks out again. */
export async function loadMarks(): Promise<void> {
  await document.fonts.load("12px 'Holdfast Marks'", '\uE101');
}
