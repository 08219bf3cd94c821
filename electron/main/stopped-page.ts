/** Makes the page of a window that stopped again and again: words, and nothing that could stop it once more. */
export function stoppedPage(): string {
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    '<meta name="color-scheme" content="light dark"><title>Holdfast</title></head>',
    '<body><main><h1>The window keeps stopping</h1>',
    '<p>What you booked is kept on this PC and goes to the server as soon as Holdfast runs again.</p>',
    '<p>Close this window and start Holdfast again. If it happens once more, send the log: Help → Show the log.</p>',
    '</main></body></html>',
  ].join('');
}
