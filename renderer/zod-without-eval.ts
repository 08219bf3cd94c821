import { config } from 'zod/v4/core';

/**
 * The command definitions of core bring zod into the page. zod tries `new Function` when it makes a schema, which the page's
 * policy (CSP) refuses and the browser reports as an error. main.tsx imports this file first, before any schema is made.
 */
config({ jitless: true });
