const noon = 12;

/** A time zone in which it is about noon now: hours before and after the present are of the same day there. */
export function zoneAtNoon(): string {
  const ahead = noon - new Date().getUTCHours();
  // The names of these zones have the sign of POSIX: Etc/GMT-5 is five hours ahead.
  return ahead === 0 ? 'Etc/GMT' : `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
}
