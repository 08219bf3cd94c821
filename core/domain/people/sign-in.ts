/** How long a session is good, in hours from its sign-in. */
export const sessionHours = 12;
