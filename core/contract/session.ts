import { z } from 'zod';

import { site } from '../calendar/calendar.ts';
import { permissions, roles } from '../domain/people/permissions.ts';
import { maxSignInNameLength } from '../domain/people/sign-in.ts';
import { id } from '../primitives/ids.ts';
import { instant } from '../primitives/instants.ts';
import { name, secret, stored, token } from '../primitives/texts.ts';

export const credentials = z.strictObject({
  /** `name`, or `name@handle` with the organization's handle. */
  username: name(maxSignInNameLength, 'Give your user name.').toLowerCase(),
  password: secret(200),
});
export type Credentials = z.infer<typeof credentials>;

export const person = z.strictObject({
  userId: id,
  orgId: id,
  organizationName: stored,
  /** A clinic of invented people, for trying: nothing real belongs into it. */
  isDemo: z.boolean(),
  displayName: stored,
  role: z.enum(roles),
  permissions: z.array(z.enum(permissions)),
  homeSiteId: id,
  sites: z.array(site),
});
export type Person = z.infer<typeof person>;

/** A session that was opened. `token` begins with the organization's handle; the server keeps only its hash. */
export const session = z.strictObject({ token: token(500), expiresAt: instant, person });
export type Session = z.infer<typeof session>;
