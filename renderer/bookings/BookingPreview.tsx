import { useTranslation } from 'react-i18next';

import type { DayView, Service } from '../../core/calendar/calendar.ts';
import type { Placement } from '../../core/domain/bookings/facts.ts';
import { errorWords } from '../words/blocker-words.ts';
import type { Preview } from './draft.ts';

interface BookingPreviewProps {
  readonly view: DayView;
  readonly service: Service | null;
  readonly preview: Preview | null;
}

/** Says while the draft changes what the visit takes, or why it does not fit. */
export function BookingPreview({ view, service, preview }: BookingPreviewProps) {
  const { t } = useTranslation();
  return (
    <div aria-live="polite">
      {service && preview?.decision.ok ? (
        <p className="text-grid text-soft">
          {t('booking.takes')}:{' '}
          <span className="text-ink">{takenWords(view, preview.decision.value) ?? t('booking.nothingElse')}</span>
          {service.bufferBeforeMinutes + service.bufferAfterMinutes > 0 ? (
            <>
              {', '}
              {t('booking.buffers', { before: service.bufferBeforeMinutes, after: service.bufferAfterMinutes })}
            </>
          ) : null}
        </p>
      ) : null}
      {service && preview && !preview.decision.ok ? (
        <div className="rounded-md bg-alarm-ground px-3 py-2 text-grid">
          <p className="font-semibold text-alarm">{t('booking.impossible')}</p>
          <ul className="list-disc ps-4">
            {errorWords(preview.decision.error, view, { serviceName: service.name }, t).map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </div>
      ) : null}
    </div>
  );
}

/** "Room 2, Ultrasound": the room and the equipment that the visit takes; null for neither. */
function takenWords(view: DayView, placement: Placement): string | null {
  const names = [placement.roomId, placement.equipmentId].flatMap(
    (taken) => view.resources.find(({ resourceId }) => resourceId === taken)?.name ?? [],
  );
  return names.length > 0 ? names.join(', ') : null;
}
