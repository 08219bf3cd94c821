import { useQuery } from '@tanstack/react-query';
import { TriangleAlert, UserPlus } from 'lucide-react';
import { Button, ComboBox, Input, Label, ListBox, ListBoxItem, Popover, Text } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import type { Patient } from '../../core/calendar/appointment.ts';
import { minSearchLength } from '../../core/domain/patients/search-limits.ts';
import { patientSearchQuery } from '../api/queries.ts';
import { useDeskStatus } from '../api/status.ts';
import { useDebounced } from '../ui/use-debounced.ts';
import { birthDate } from '../words/format-date.ts';
import { lastDigitsOf } from '../words/phone-words.ts';
import { PatientSearchKeys } from './PatientSearchKeys.tsx';

/** A found patient, or as the last option the way to register a new one under the typed name. */
type Option =
  | { readonly id: string; readonly patient: Patient }
  | { readonly id: 'new'; readonly patient: null; readonly name: string };

/** The background marks the active option. The focus ring belongs to the field. */
const optionClass = 'menu-item data-[focus-visible]:outline-none forced-colors:data-[focused]:outline-2';

interface PatientSearchProps {
  readonly text: string;
  readonly patient: Patient | null;
  readonly onType: (text: string) => void;
  readonly onChoose: (patient: Patient) => void;
  /** Registers a new patient, who is none of the found ones. */
  readonly onRegister: () => void;
}

/**
 * Finds a patient by name, birth date or phone, and leads to a new one. The typed text belongs to the draft, so closing
 * loses nothing.
 */
export function PatientSearch({ text, patient, onType, onChoose, onRegister }: PatientSearchProps) {
  const { t } = useTranslation();
  const isOffline = useDeskStatus().connection === 'offline';
  const isChosen = patient !== null && text === patient.displayName;
  const typed = isChosen ? '' : text.trim();
  const query = useDebounced(typed);
  const search = useQuery(patientSearchQuery(query));
  const isLongEnough = typed.length >= minSearchLength;
  const found = isLongEnough && query.length >= minSearchLength ? (search.data ?? []) : [];
  const isBehind = isLongEnough && (search.isFetching || query !== typed);
  const options: Option[] = found.map((known) => ({ id: known.patientId, patient: known }));
  if (typed !== '') options.push({ id: 'new', patient: null, name: typed });

  function choose({ patient: chosen }: Option) {
    if (chosen) onChoose(chosen);
    else onRegister();
  }

  /** The reason for an empty list; null where the list has a patient. */
  function emptyWords(): string | null {
    if (found.length > 0) return null;
    if (!isLongEnough) return t('booking.typeMore');
    if (search.isError) return search.error.message === 'forbidden' ? t('booking.noSearch') : t('booking.searchFailed');
    if (isBehind) return t('booking.searching');
    return t(isOffline ? 'booking.nobodyHere' : 'booking.nobody');
  }
  const words = emptyWords();

  return (
    <ComboBox
      items={options}
      inputValue={text}
      value={patient?.patientId ?? null}
      onInputChange={(next) => {
        if (!patient || next !== patient.displayName) onType(next);
      }}
      onChange={(key) => {
        const chosen = options.find(({ id }) => id === key);
        if (chosen) choose(chosen);
      }}
      menuTrigger="input"
      allowsEmptyCollection
      allowsCustomValue
    >
      <PatientSearchKeys
        typed={typed}
        isBehind={isBehind}
        firstId={isLongEnough ? (options[0]?.id ?? null) : null}
        onFirst={() => {
          const [first] = options;
          if (first) choose(first);
        }}
      >
        <div className="flex items-baseline justify-between">
          <Label className="label">{t('booking.patient')}</Label>
          {patient ? null : (
            <Button
              slot={null}
              type="button"
              className="inline-flex items-center gap-0.5 rounded-sm text-small font-medium text-soft hover:text-ink"
              onPress={onRegister}
            >
              {t('registration.begin')}
            </Button>
          )}
        </div>
        <Input className="field" placeholder={t('booking.patientPlaceholder')} autoFocus dir="auto" />
      </PatientSearchKeys>
      {patient ? (
        <Text slot="description" className="mt-1 flex flex-wrap items-center gap-x-1.5 text-small text-soft tabular">
          <span>
            {birthDate(patient.birthDate)}
            {patient.phone ? ` · ${patient.phone}` : null}
          </span>
          {patient.alert ? (
            <span className="inline-flex items-center gap-1 text-alarm">
              <TriangleAlert aria-hidden size={12} /> {patient.alert}
            </span>
          ) : null}
        </Text>
      ) : null}
      <Popover className="panel flex w-(--trigger-width) flex-col p-1" data-overlay offset={4}>
        <div role="status">{words ? <p className="px-2.5 py-1.5 text-grid text-soft">{words}</p> : null}</div>
        <section aria-label={t('booking.found')} className="flex min-h-0 flex-col">
          <ListBox<Option> className="max-h-72 overflow-auto outline-none">
            {(option) =>
              option.patient ? <FoundPatient patient={option.patient} /> : <NewPatientOption name={option.name} />
            }
          </ListBox>
        </section>
      </Popover>
    </ComboBox>
  );
}

/** The last option, which stays in sight while the list above it scrolls. */
function NewPatientOption({ name }: { readonly name: string }) {
  const { t } = useTranslation();
  const words = t('registration.of', { name });
  return (
    <ListBoxItem id="new" textValue={words} className={`${optionClass} sticky bottom-0 bg-surface`}>
      <UserPlus aria-hidden size={14} className="shrink-0 text-soft" />
      <span className="min-w-0 flex-1 truncate" dir="auto">
        {words}
      </span>
    </ListBoxItem>
  );
}

function FoundPatient({ patient }: { readonly patient: Patient }) {
  const { t } = useTranslation();
  const born = birthDate(patient.birthDate);
  const digits = lastDigitsOf(patient.phone);
  const words = [
    patient.displayName,
    born,
    digits && t('registration.phoneEnds', { digits }),
    patient.alert && t('calendar.cardAlert', { alert: patient.alert }),
  ]
    .filter(Boolean)
    .join(', ');
  return (
    <ListBoxItem id={patient.patientId} textValue={words} className={optionClass}>
      <span className="sr-only">{words}</span>
      <span aria-hidden className="min-w-0 flex-1 truncate font-medium" dir="auto">
        {patient.displayName}
      </span>
      {patient.alert ? <TriangleAlert aria-hidden size={13} className="shrink-0 text-alarm" /> : null}
      <span aria-hidden className="text-small whitespace-nowrap text-soft tabular">
        {born}
      </span>
      <span aria-hidden className="w-11 text-end text-small whitespace-nowrap text-faint tabular">
        {digits && `…${digits}`}
      </span>
    </ListBoxItem>
  );
}
