import { X } from 'lucide-react';
import { Button, Heading } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import type { Patient } from '../../core/calendar/appointment.ts';
import type { DayView } from '../../core/calendar/calendar.ts';
import type { Placement } from '../../core/domain/bookings/facts.ts';
import { minutesPerQuarter, type Quarter } from '../../core/domain/time/quarter.ts';
import { dateAt, wallTimeAt } from '../../core/domain/time/zoned.ts';
import { AnchoredPanel } from '../ui/AnchoredPanel.tsx';
import { ChoiceField } from '../ui/ChoiceField.tsx';
import { shortDate } from '../words/format-date.ts';
import { BookedPatient } from './BookedPatient.tsx';
import { BookingAlternatives } from './BookingAlternatives.tsx';
import { BookingPreview } from './BookingPreview.tsx';
import { minutesOf, previewOf, serviceOf, servicesOf, type BookingDraft } from './draft.ts';
import { providersFor } from './fixed-resource.ts';
import { LengthStepper } from './LengthStepper.tsx';
import { useNewPatient } from './use-new-patient.ts';

interface BookingPanelProps {
  readonly view: DayView;
  readonly draft: BookingDraft;
  readonly now: Quarter;
  readonly onChange: (draft: BookingDraft) => void;
  /** `isNew`: the patient must be registered first. */
  readonly onBook: (placement: Placement, patient: Patient, isNew: boolean) => void;
  readonly onClose: () => void;
}

/**
 * Books beside the slot: patient, service and length. The panel shows at once which room and equipment the visit takes, or
 * why it does not fit.
 */
export function BookingPanel({ view, draft, now, onChange, onBook, onClose }: BookingPanelProps) {
  const { t } = useTranslation();
  const { timeZone } = view.site;
  const service = serviceOf(view, draft);
  const minutes = minutesOf(draft, service);
  const preview = service ? previewOf(view, draft, service, now) : null;
  const nameOf = (wanted: string) => view.resources.find(({ resourceId }) => resourceId === wanted)?.name ?? '';
  const providerName = nameOf(draft.providerId);
  const time = wallTimeAt(draft.start, timeZone);
  const end = wallTimeAt(draft.start + minutes / minutesPerQuarter, timeZone);
  const placement = preview?.decision.ok === true ? preview.decision.value : null;
  const registration = draft.registration?.isOpen ? draft.registration : null;
  const isReady = placement !== null && (registration !== null || draft.patient !== null);
  const newPatient = useNewPatient(registration, dateAt(now, timeZone), (patient) => {
    if (placement) onBook(placement, patient, true);
  });
  const isDoubtful = registration !== null && newPatient.likely.length > 0;

  function submit() {
    if (!placement) return;
    if (registration) newPatient.submit();
    else if (draft.patient) onBook(placement, draft.patient, false);
  }

  function backToSearch() {
    onChange({ ...draft, registration: registration && { ...registration, isOpen: false } });
  }

  function submitWords(): string {
    const words = { time, provider: providerName };
    if (!registration) return t('booking.submit', words);
    if (newPatient.isWaiting) return t('registration.looking');
    return isDoubtful ? t('registration.anyway', words) : t('registration.submit', words);
  }

  function setMinutes(next: number) {
    onChange({ ...draft, serviceId: service?.serviceId ?? null, durationMinutes: next });
  }

  return (
    <AnchoredPanel
      anchor="[data-draft]"
      label={t('booking.title')}
      onClose={registration ? backToSearch : onClose}
      closesOutside={false}
    >
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <div className="flex items-start justify-between gap-2">
          <div>
            <Heading slot="title" className="text-[0.9375rem] font-semibold">
              {t('booking.title')}
            </Heading>
            <p className="text-grid text-soft tabular">
              {shortDate(view.date)}, {time}–{end} · {draft.fixed ? nameOf(draft.fixed.resourceId) : providerName}
            </p>
          </div>
          <Button
            type="button"
            className="button button-quiet button-small"
            aria-label={t('booking.close')}
            onPress={onClose}
          >
            <X aria-hidden size={15} />
          </Button>
        </div>
        <BookedPatient draft={draft} newPatient={newPatient} onChange={onChange} onBack={backToSearch} />
        {draft.fixed ? (
          <ChoiceField
            label={t('booking.provider')}
            placeholder={t('booking.provider')}
            choices={providersFor(view, draft.fixed).map(({ resourceId, name }) => ({
              id: resourceId,
              name,
              note: '',
            }))}
            chosen={draft.providerId}
            onChoose={(providerId) => onChange({ ...draft, providerId })}
          />
        ) : null}
        {service ? (
          <div className="flex items-end gap-2">
            <div className="min-w-0 flex-1">
              <ChoiceField
                label={t('booking.service')}
                placeholder={t('booking.service')}
                choices={servicesOf(view, draft).map((offered) => ({
                  id: offered.serviceId,
                  name: offered.name,
                  note: t('booking.minutes', { minutes: offered.durationMinutes }),
                }))}
                chosen={service.serviceId}
                onChoose={(serviceId) => onChange({ ...draft, serviceId, durationMinutes: null })}
              />
            </div>
            <LengthStepper minutes={minutes} onChange={setMinutes} />
          </div>
        ) : (
          <p className="text-grid text-alarm">{t('booking.noService', { provider: providerName })}</p>
        )}
        <BookingPreview view={view} service={service} preview={preview} />
        <BookingAlternatives
          view={view}
          draft={draft}
          alternatives={preview?.alternatives ?? []}
          onTake={(next) => onChange({ ...next, serviceId: service?.serviceId ?? null })}
        />
        {isDoubtful ? (
          <Button
            type="button"
            className="button w-full tabular"
            isDisabled={!isReady}
            onPress={newPatient.submitAnyway}
          >
            {submitWords()}
          </Button>
        ) : (
          <Button type="submit" className="button button-solid w-full tabular" isDisabled={!isReady}>
            {submitWords()}
          </Button>
        )}
      </form>
    </AnchoredPanel>
  );
}
