import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';

import { openOwnerConnection } from '../../../db/pg/owner-connection.ts';
import { openPool } from '../../../db/pg/pool.ts';
import { publishSlots } from '../../../db/pg/publish-slots.ts';
import { withSerializable } from '../../../db/pg/with-serializable.ts';
import { makeClinic, type Clinic } from '../../builders/clinic.ts';
import { withDatabase } from '../../harness/postgres.ts';

const database = await withDatabase();
const owner = openOwnerConnection(database.adminDatabaseUrl, { max: 2 });
const app = openPool(database.databaseUrl, { max: 2 });
afterAll(() => Promise.all([owner.end(), app.end()]));

/** Sunday to Tuesday: on the Sunday, Berlin's clocks jump from 02:00 to 03:00. */
const days = { from: '2031-03-30', until: '2031-04-02' };

let clinic: Clinic;
let providerId: string;
beforeEach(async () => {
  clinic = await makeClinic(owner, { providers: 2 });
  providerId = clinic.providers[0] ?? '';
});

async function writeShift(shift: {
  weekday: number;
  from: string;
  until: string;
  validUntil?: string;
}): Promise<string> {
  const shiftId = uuidv7();
  await owner`insert into shifts (org_id, shift_id, resource_id, site_id, weekday, starts_at_local, ends_at_local, valid_from, valid_until)
    values (${clinic.orgId}, ${shiftId}, ${providerId}, ${clinic.siteId}, ${shift.weekday}, ${shift.from}, ${shift.until},
      '2031-01-01', ${shift.validUntil ?? null})`;
  return shiftId;
}

/** Publishes as the app's role, the way a server extends the horizon. */
const publish = (orgId = clinic.orgId) =>
  withSerializable(app, async (tx) => {
    return publishSlots(tx, { orgId, ...days });
  });

const loadPublished = () => owner<{ at: string; open: boolean; capacity: number; kind: string }[]>`
  select to_char(starts_at at time zone 'UTC', 'DD HH24:MI') as at, open, capacity, resource_kind as kind from slots
  where org_id = ${clinic.orgId} and resource_id = ${providerId} and starts_at > '2031-03-20' order by starts_at`;

describe('publishing slots', () => {
  it('opens the quarters of each shift in the zone of its site, once', async () => {
    await writeShift({ weekday: 1, from: '08:00', until: '08:30' });
    await writeShift({ weekday: 2, from: '23:30', until: '24:00' });
    await writeShift({ weekday: 3, from: '08:00', until: '09:00' });
    expect(await publish()).toBe(4);
    expect((await loadPublished()).map(({ at }) => at)).toEqual(['31 06:00', '31 06:15', '01 21:30', '01 21:45']);
    expect(await publish()).toBe(0);
    expect(await loadPublished()).toHaveLength(4);
  });

  it('opens an hour less on the day that has one less', async () => {
    await writeShift({ weekday: 7, from: '01:30', until: '03:30' });
    expect(await publish()).toBe(4);
    expect((await loadPublished()).map(({ at }) => at)).toEqual(['30 00:30', '30 00:45', '30 01:00', '30 01:15']);
  });

  it('leaves closed and raised slots as they are', async () => {
    await writeShift({ weekday: 1, from: '08:00', until: '08:30' });
    await publish();
    await owner`update slots set open = false, capacity = 2
      where org_id = ${clinic.orgId} and resource_id = ${providerId} and starts_at = '2031-03-31T06:15:00Z'`;
    await publish();
    expect(await loadPublished()).toEqual([
      { at: '31 06:00', open: true, capacity: 1, kind: 'provider' },
      { at: '31 06:15', open: false, capacity: 2, kind: 'provider' },
    ]);
  });

  it('opens nothing for a resource that is inactive or a shift that has ended', async () => {
    await writeShift({ weekday: 1, from: '08:00', until: '08:30', validUntil: '2031-03-30' });
    expect(await publish()).toBe(0);
    await writeShift({ weekday: 1, from: '08:00', until: '08:30' });
    await owner`update resources set active = false where org_id = ${clinic.orgId} and resource_id = ${providerId}`;
    expect(await publish()).toBe(0);
  });

  it("refuses another organization's shift, and all that came with it", async () => {
    const foreign = await writeShift({ weekday: 1, from: '08:00', until: '08:30' });
    clinic = await makeClinic(owner);
    providerId = clinic.providers[0] ?? '';
    const own = await writeShift({ weekday: 1, from: '08:00', until: '08:30' });
    await expect(
      app`select holdfast_api.publish_slots(${clinic.orgId}, ${[own, foreign]}::uuid[],
        ${['2031-03-31T06:00:00Z', '2031-03-31T06:00:00Z']}::timestamptz[],
        ${['2031-03-31T06:30:00Z', '2031-03-31T06:30:00Z']}::timestamptz[])`,
    ).rejects.toMatchObject({ code: 'HF006' });
    expect(await loadPublished()).toEqual([]);
  });

  it('gives each slot to one of two publishers that run at once', async () => {
    await writeShift({ weekday: 1, from: '08:00', until: '18:00' });
    const published = await Promise.all([publish(), publish()]);
    expect(published.toSorted((a, b) => a - b)).toEqual([0, 40]);
    expect(await loadPublished()).toHaveLength(40);
  });
});
