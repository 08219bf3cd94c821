import type { Visit } from '../visits/columns.ts';

export interface ProviderSheet {
  readonly providerId: string;
  readonly providerName: string;
  /** In order of time. */
  readonly visits: readonly Visit[];
  /** The number of visits that the server has not confirmed. */
  readonly provisional: number;
}

/** The providers with visits, by name, without those whom the person has hidden on the screen. */
export function sheetsOf(visits: readonly Visit[], hidden: readonly string[]): ProviderSheet[] {
  const byProvider = Map.groupBy(visits, ({ appointment }) => appointment.providerId);
  return [...byProvider]
    .filter(([providerId]) => !hidden.includes(providerId))
    .map(([providerId, own]) => ({
      providerId,
      providerName: own[0]?.providerName ?? '',
      visits: own.toSorted((a, b) => a.start - b.start),
      provisional: own.filter(({ isProvisional }) => isProvisional).length,
    }))
    .toSorted((a, b) => a.providerName.localeCompare(b.providerName));
}
