import { readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Loads the built renderer's index.html and puts the desk's script before every other. Module scripts run in their order, so
 * `window.desk` is there when the renderer begins.
 * @throws where the renderer is not built
 */
export function loadRendererPage(rendererDir: string): string {
  const file = path.join(rendererDir, 'index.html');
  let page: string;
  try {
    page = readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(`The renderer is not built: ${file} is missing. Run \`npx vite build renderer\`.`, {
      cause: error,
    });
  }
  if (!page.includes('<head>')) throw new Error(`${file} has no <head> to put the desk's script into.`);
  return page.replace('<head>', '<head>\n    <script type="module" src="/desk.js"></script>');
}

/** Makes a page of plain words for a visitor who may not see the desk. Nothing in the page comes from the request. */
export function refusalPage(title: string, whatToDo: string): string {
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    `<meta name="color-scheme" content="light dark"><title>Holdfast</title></head>`,
    `<body><main><h1>${title}</h1><p>${whatToDo}</p></main></body></html>`,
  ].join('');
}
