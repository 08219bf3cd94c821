import { ask } from '../api/desk.ts';

/** Saves the desk's report as a file that the person can pass on. */
export async function saveDiagnostics(): Promise<void> {
  const { fileName, text } = await ask('readDiagnostics', {});
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}
