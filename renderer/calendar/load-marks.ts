import './marks.css';

/** Before the first day is drawn: a font that comes later has all marks laid out once more. */
export async function loadMarks(): Promise<void> {
  await document.fonts.load("12px 'Holdfast Marks'", '\uE101');
}
