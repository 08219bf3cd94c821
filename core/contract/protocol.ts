/** Raised when a command changes its meaning; servers take older ones by upcasters. */
export const protocol = 1;
