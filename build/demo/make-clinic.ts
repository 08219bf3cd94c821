import { makeHandle } from '../../core/domain/people/organization-handle.ts';
import { addDays } from '../../core/domain/time/zoned.ts';
import type { RosteredShift } from '../../db/pg/publish-slots.ts';
import { equipment, openingHours, organizationName, providers, rooms, services, sites } from './clinic-plan.ts';
import type { Hours, PlannedService, SiteName } from './clinic-plan.ts';
import type { Random } from './seeded-random.ts';

export interface DemoResource {
  readonly resourceId: string;
  readonly kind: 'provider' | 'room' | 'equipment';
  readonly name: string;
  readonly siteId: string | null;
  readonly roomFeatures: readonly string[];
  readonly equipmentType: string | null;
}

export interface DemoService extends PlannedService {
  readonly serviceId: string;
  readonly providerIds: readonly string[];
}

export interface DemoShift extends RosteredShift {
  readonly siteId: string;
}

/** The clinic without visits. */
export interface DemoClinic {
  readonly orgId: string;
  readonly name: string;
  readonly handle: string;
  readonly sites: readonly {
    readonly siteId: string;
    readonly name: SiteName;
    readonly timeZone: string;
    readonly country: string;
  }[];
  readonly resources: readonly DemoResource[];
  readonly services: readonly DemoService[];
  readonly shifts: readonly DemoShift[];
}

/** Gives the plan its ids. `openedOn` and `today` are calendar days. */
export function makeClinic(
  random: Random,
  { openedOn, today, madeAtMilliseconds }: { openedOn: string; today: string; madeAtMilliseconds: number },
): DemoClinic {
  const id = () => random.id(madeAtMilliseconds);
  const orgId = id();
  const madeSites = sites.map((site) => ({ siteId: id(), ...site }));
  const siteOf = (name: SiteName) => {
    const site = madeSites.find((one) => one.name === name);
    if (!site) throw new Error(`the plan has no site called ${name}`);
    return site;
  };
  const shiftsOf = (resourceId: string, hours: readonly Hours[], validFrom: string): DemoShift[] =>
    hours.flatMap(({ site, weekdays, from, until }) =>
      weekdays.map((weekday) => ({
        shiftId: id(),
        resourceId,
        siteId: siteOf(site).siteId,
        timeZone: siteOf(site).timeZone,
        weekday,
        startsAtLocal: from,
        endsAtLocal: until,
        validFrom,
        validUntil: null,
      })),
    );

  const staff = providers.map((provider) => ({ resourceId: id(), ...provider }));
  const places = [
    ...rooms.map(({ name, site, features }) => ({ kind: 'room' as const, name, site, features, type: null })),
    ...equipment.map(({ name, site, type }) => ({ kind: 'equipment' as const, name, site, features: [], type })),
  ].map((place) => ({ resourceId: id(), ...place }));

  return {
    orgId,
    name: organizationName,
    handle: makeHandle(organizationName, []),
    sites: madeSites,
    resources: [
      ...staff.map(({ resourceId, name }) => ({
        resourceId,
        kind: 'provider' as const,
        name,
        siteId: null,
        roomFeatures: [],
        equipmentType: null,
      })),
      ...places.map(({ resourceId, kind, name, site, features, type }) => ({
        resourceId,
        kind,
        name,
        siteId: siteOf(site).siteId,
        roomFeatures: features,
        equipmentType: type,
      })),
    ],
    services: services.map((service) => ({
      serviceId: id(),
      ...service,
      providerIds: staff.filter(({ professions }) => professions.includes(service.by)).map((one) => one.resourceId),
    })),
    shifts: [
      ...staff.flatMap(({ resourceId, hours, joinedDaysAgo }) =>
        shiftsOf(resourceId, hours, joinedDaysAgo === undefined ? openedOn : addDays(today, -joinedDaysAgo)),
      ),
      ...places.flatMap(({ resourceId, site }) =>
        shiftsOf(
          resourceId,
          openingHours.filter((hours) => hours.site === site),
          openedOn,
        ),
      ),
    ],
  };
}
