/**
 * Loads the fonts of scripts other than western Europe's. Their faces are five times as large as all other styles, and the
 * first day need not wait for them: until then a name has the system's letters.
 */
export async function loadOtherScripts(): Promise<void> {
  await import('./other-alphabets.css');
  await import('./east-asian-scripts.css');
}
