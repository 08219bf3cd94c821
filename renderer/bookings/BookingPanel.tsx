import { X } from 'lucide-react';
import { Button, Heading } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import type { Patient } from '../../core/calendar/appointment.ts';
import type { DayView } from '../../core/calendar/calendar.ts';
import type { AlternativeView } from '../../core/calendar/conflict.ts';
import type { Placement } from '../../core/domain/bookings/facts.ts';
import { minutesPerQuarter, quarterOf, type Quarter } from '../../core/domain/time/quarter.ts';
import { dateAt, wallTimeAt } from '../../core/domain/time/zoned.ts';
import { AnchoredPanel } from '../ui/AnchoredPanel.tsx';
import { ChoiceField } from '../ui/ChoiceField.tsx';
import { errorWords } from '../words/blocker-words.ts';
import { shortDate } from '../words/format-date.ts';
import { BookedPatient } from './BookedPatient.tsx';
import { minutesOf, previewOf, serviceOf, servicesOf, type BookingDraft } from './draft.ts';
import { providersFor, type FixedResource } from './fixed-resource.ts';
import { LengthStepper } from './LengthStepper.tsx';
import { useNewPatient } from './use-new-patient.ts';

interface BookingPanelProps {
  readonly view: DayView;
  readonly draft: BookingDraft;
  readonly now: Quarter;
  readonly onChange: (draft: BookingDraft) => void;
  /** `isNew`: the patient is to be registered first. */
  readonly onBook: (placement: Placement, patient: Patient, isNew: boolean) => void;
  readonly onClose: () => void;
}

/** Books beside the slot: who, what, how long; and at once which room and equipment, or why not. */
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

  function take(alternative: AlternativeView) {
    onChange({
      ...draft,
      serviceId: service?.serviceId ?? null,
      providerId: alternative.providerId,
      start: quarterOf(alternative.scheduledStart),
      fixed: fixedBy(alternative),
    });
  }

  /** A named room is preferred, and no condition: where the alternative has another one, that is what is then asked. */
  function fixedBy(alternative: AlternativeView): FixedResource | null {
    if (!draft.fixed) return null;
    const { kind } = draft.fixed;
    const resourceId = kind === 'room' ? alternative.roomId : alternative.equipmentId;
    return resourceId === null ? null : { kind, resourceId };
  }

  function elsewhereWords(alternative: AlternativeView): string {
    const fixed = fixedBy(alternative);
    const other = fixed?.resourceId === draft.fixed?.resourceId ? null : fixed && nameOf(fixed.resourceId);
    const provider = alternative.providerId === draft.providerId ? null : alternative.providerName;
    return [provider, other].flatMap((name) => (name === null ? [] : ` · ${name}`)).join('');
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
        {preview && preview.alternatives.length > 0 ? (
          <div className="flex flex-wrap items-center gap-1.5 text-grid">
            <span className="text-soft">{t('booking.free')}</span>
            {preview.alternatives.map((alternative) => (
              <Button
                key={`${alternative.scheduledStart} ${alternative.providerId}`}
                type="button"
                className="button button-small tabular"
                onPress={() => take(alternative)}
              >
                {wallTimeAt(quarterOf(alternative.scheduledStart), timeZone)}
                {elsewhereWords(alternative)}
              </Button>
            ))}
          </div>
        ) : null}
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

function takenWords(view: DayView, placement: Placement): string | null {
  const names = [placement.roomId, placement.equipmentId].flatMap(
    (taken) => view.resources.find(({ resourceId }) => resourceId === taken)?.name ?? [],
  );
  return names.length > 0 ? names.join(', ') : null;
}
