/** The desk's page has an origin of its own: not file://, which every file on the disk shares. */
export const pageScheme = 'holdfast';
const pageOrigin = `${pageScheme}://desk`;

export const pageUrl = `${pageOrigin}/`;
/** The page, which says that it had stopped: renderer/commands/tell.ts reads it. */
export const restartedUrl = `${pageOrigin}/?restarted`;
/** A page of plain words for a window that keeps stopping. */
export const stoppedUrl = `${pageOrigin}/stopped`;

export function isOurPage(url: string): boolean {
  return url.startsWith(`${pageOrigin}/`);
}
