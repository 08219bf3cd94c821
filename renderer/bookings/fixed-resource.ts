import type { DayView, Resource, Service } from '../../core/calendar/calendar.ts';
import { serviceFactsOf } from '../../core/calendar/facts.ts';
import { suitableResources } from '../../core/domain/bookings/suitable-resources.ts';

/** A room or a piece of equipment in whose column the person began. The booking asks for this one and no other. */
export interface FixedResource {
  readonly kind: 'room' | 'equipment';
  readonly resourceId: string;
}

/** Whether the service needs such a resource, and this one satisfies it. */
export function isServedBy(view: DayView, service: Service, { kind, resourceId }: FixedResource): boolean {
  const needs = kind === 'room' ? service.needsRoom : service.equipmentType !== null;
  const calendar = { siteId: view.site.siteId, resources: view.resources, openRuns: [], occupancies: [] };
  return needs && suitableResources(calendar, kind, serviceFactsOf(service)).includes(resourceId);
}

/** The providers who offer a service that the fixed resource satisfies, by name. */
export function providersFor(view: DayView, fixed: FixedResource): Resource[] {
  const able = new Set(
    view.services.filter((service) => isServedBy(view, service, fixed)).flatMap(({ providerIds }) => providerIds),
  );
  return view.resources
    .filter(({ kind, resourceId }) => kind === 'provider' && able.has(resourceId))
    .toSorted((a, b) => a.name.localeCompare(b.name));
}

/** The fixed resource as a command or a request names it. */
export function namedBy({ fixed }: { readonly fixed?: FixedResource | null }): {
  roomId?: string;
  equipmentId?: string;
} {
  if (!fixed) return {};
  return fixed.kind === 'room' ? { roomId: fixed.resourceId } : { equipmentId: fixed.resourceId };
}
