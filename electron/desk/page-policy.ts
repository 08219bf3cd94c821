/**
 * The Content-Security-Policy of the desk's page, the same in every shell: the page loads everything from the shell, nothing
 * inline and nothing from elsewhere. `connect` lists the origins that the page may connect to beside its own.
 */
export function pagePolicy(...connect: readonly string[]): string {
  return [
    "default-src 'self'",
    ["connect-src 'self'", ...connect].join(' '),
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
