import { z } from 'zod';

import { site } from '../calendar/calendar.ts';
import { permissions, roles } from '../domain/people/permissions.ts';
import { maxSignInNameLength } from '../domain/people/sign-in.ts';
import { id } from '../primitives/ids.ts';
import { instant } from '../primitives/instants.ts';

export const credentials = z.strictObject({
  /** `name`, or `name@handle` with the organization's handle. */
  username: z.string().trim().toLowerCase().min(1).max(maxSignInNameLength),
  password: z.string().min(1).max(200),
});
export type Credentials = z.infer<typeof credentials>;

export const person = z.strictObject({
  userId: id,
  orgId: id,
  organizationName: z.string(),
  displayName: z.string(),
  role: z.enum(roles),
  permissions: z.array(z.enum(permissions)),
  homeSiteId: id,
  sites: z.array(site),
});
export type Person = z.infer<typeof person>;

/** A session that was opened. `token` begins with the organization's handle; the server keeps only its hash. */
export const session = z.strictObject({ token: z.string(), expiresAt: instant, person });
export type Session = z.infer<typeof session>;
