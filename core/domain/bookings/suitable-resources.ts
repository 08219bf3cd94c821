import type { BookingFacts, CalendarFacts, Request, ResourceFacts, ServiceFacts } from './facts.ts';

/** Whether a resource is a room of this site that satisfies the service. */
function isSuitableRoom(resource: ResourceFacts, service: ServiceFacts, siteId: string): boolean {
  return (
    resource.kind === 'room' &&
    resource.siteId === siteId &&
    (service.roomFeature === null || resource.roomFeatures.includes(service.roomFeature))
  );
}

/** Whether a resource is equipment of this site that satisfies the service. A service that needs none takes any. */
function isSuitableEquipment(resource: ResourceFacts, service: ServiceFacts, siteId: string): boolean {
  return (
    resource.kind === 'equipment' &&
    resource.siteId === siteId &&
    (service.equipmentType === null || resource.equipmentType === service.equipmentType)
  );
}

/** The ids of the resources of one kind at the calendar's site that satisfy the service, free or not. */
export function suitableResources(
  calendar: CalendarFacts,
  kind: 'room' | 'equipment',
  service: ServiceFacts,
): string[] {
  const isSuitable = kind === 'room' ? isSuitableRoom : isSuitableEquipment;
  return calendar.resources
    .filter((resource) => isSuitable(resource, service, calendar.siteId))
    .map(({ resourceId }) => resourceId);
}

/** The id of the room, or else the equipment, that a request names and that does not satisfy the service; null: neither. */
export function unsuitableNamed({ calendar, service }: BookingFacts, request: Request): string | null {
  const { roomId, equipmentId } = request;
  if (roomId !== null && !suitableResources(calendar, 'room', service).includes(roomId)) return roomId;
  if (equipmentId !== null && !suitableResources(calendar, 'equipment', service).includes(equipmentId))
    return equipmentId;
  return null;
}
