/**
 * The fonts of what is not written in the letters of western Europe. Their faces are five times as much as all other
 * styles, which the first day need not wait for: until they are there a name has the system's letters.
 */
export async function loadOtherScripts(): Promise<void> {
  await import('./other-alphabets.css');
  await import('./east-asian-scripts.css');
}
