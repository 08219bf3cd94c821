/**
 * The Content-Security-Policy of the desk's page, the same in every shell: everything from the shell itself, nothing
 * inline, nothing from elsewhere. `connect` is where it may speak to, beside its own origin.
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
