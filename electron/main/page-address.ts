/** The scheme of the desk's page, which has an origin of its own: every file on the disk shares the origin of file://. */
export const pageScheme = 'holdfast';
const pageOrigin = `${pageScheme}://desk`;

export const pageUrl = `${pageOrigin}/`;
/** The page after a crash: renderer/commands/notify.ts reads `restarted` and tells the person. */
export const restartedUrl = `${pageOrigin}/?restarted`;
/** The page of plain words for a window that keeps stopping. */
export const stoppedUrl = `${pageOrigin}/stopped`;

export function isOurPage(url: string): boolean {
  return url.startsWith(`${pageOrigin}/`);
}
