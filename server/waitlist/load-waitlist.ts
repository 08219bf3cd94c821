import type { Patient } from '../../core/calendar/appointment.ts';
import type { WaitlistEntry } from '../../core/contract/waitlist.ts';
import { compareEntries } from '../../core/domain/waitlist/order.ts';
import type { Pool } from '../../db/pg/pool.ts';
import { withSnapshot } from '../../db/pg/with-snapshot.ts';

type Row = WaitlistEntry & { readonly patient: Patient };

/**
 * The waitlist of a site in its order. Without `withPatients` an entry says neither who the patient is nor what was noted of
 * them.
 */
export async function loadWaitlist(
  pool: Pool,
  { orgId, siteId, withPatients }: { orgId: string; siteId: string; withPatients: boolean },
): Promise<WaitlistEntry[]> {
  const rows = await withSnapshot(
    pool,
    orgId,
    (tx) => tx<Row[]>`
      select w.waitlist_entry_id as "waitlistEntryId", w.site_id as "siteId", w.patient_id as "patientId",
        json_build_object('patientId', p.patient_id, 'displayName', p.display_name, 'birthDate', p.birth_date,
          'phone', p.phone, 'alert', p.alert) as patient,
        w.service_id as "serviceId", s.name as "serviceName", w.provider_ids as "providerIds",
        (select json_agg(json_build_object('startsAt', holdfast_api.rfc3339(lower(r)), 'endsAt', holdfast_api.rfc3339(upper(r))) order by n)
          from unnest(w.windows) with ordinality u (r, n)) as windows,
        w.urgency, w.note, holdfast_api.rfc3339(w.created_at) as "createdAt"
      from holdfast_read.waitlist_entries w
        join holdfast_read.services s using (org_id, service_id)
        join holdfast_read.patients p using (org_id, patient_id)
      where w.org_id = ${orgId} and w.site_id = ${siteId} and w.left_at is null`,
  );
  return rows.toSorted(compareEntries).map((entry) => (withPatients ? entry : { ...entry, patient: null, note: '' }));
}
