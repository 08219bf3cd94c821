import { useQuery } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import { ComboBox, Input, Label, ListBox, ListBoxItem, Popover, Text } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import type { Patient } from '../../core/contract/appointment.ts';
import { patientSearchQuery, shortestSearch } from '../api/queries.ts';
import { birthDate } from '../calendar/format-date.ts';

const debounceMilliseconds = 150;

function useDebounced(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), debounceMilliseconds);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

interface PatientSearchProps {
  readonly text: string;
  readonly patient: Patient | null;
  readonly onType: (text: string) => void;
  readonly onChoose: (patient: Patient | null) => void;
}

/** Finds a patient by name, birth date or phone. What was typed belongs to the draft, so closing loses nothing. */
export function PatientSearch({ text, patient, onType, onChoose }: PatientSearchProps) {
  const { t } = useTranslation();
  const isChosen = patient !== null && text === patient.displayName;
  const query = useDebounced(isChosen ? '' : text.trim());
  const search = useQuery(patientSearchQuery(query));
  const found = query.length >= shortestSearch ? (search.data ?? []) : [];
  const isBehind = search.isFetching || query !== text.trim();

  function emptyWords(): string {
    if (text.trim().length < shortestSearch) return t('booking.typeMore');
    if (search.isError) return search.error.message === 'forbidden' ? t('booking.noSearch') : t('booking.searchFailed');
    return isBehind ? t('booking.searching') : t('booking.nobody');
  }

  return (
    <ComboBox
      items={found}
      inputValue={text}
      value={patient?.patientId ?? null}
      onInputChange={(next) => {
        if (patient && next === patient.displayName) return;
        onType(next);
        if (patient) onChoose(null);
      }}
      onChange={(key) => {
        const chosen = found.find((candidate) => candidate.patientId === key);
        if (!chosen) return;
        onType(chosen.displayName);
        onChoose(chosen);
      }}
      menuTrigger="input"
      allowsEmptyCollection
      allowsCustomValue
    >
      <Label className="label">{t('booking.patient')}</Label>
      <Input className="field" placeholder={t('booking.patientPlaceholder')} autoFocus dir="auto" />
      {patient ? (
        <Text slot="description" className="mt-1 flex items-center gap-1.5 text-small text-soft tabular">
          {birthDate(patient.birthDate)} · {patient.phone}
          {patient.alert ? (
            <span className="inline-flex items-center gap-1 text-alarm">
              <TriangleAlert aria-hidden size={12} /> {patient.alert}
            </span>
          ) : null}
        </Text>
      ) : null}
      <Popover className="panel w-(--trigger-width) p-1" data-overlay offset={4}>
        <ListBox<Patient>
          className="max-h-64 overflow-auto outline-none"
          renderEmptyState={() => <p className="px-2 py-1.5 text-grid text-soft">{emptyWords()}</p>}
        >
          {(candidate) => (
            <ListBoxItem
              id={candidate.patientId}
              textValue={`${candidate.displayName}, ${birthDate(candidate.birthDate)}`}
              className="menu-item justify-between"
            >
              <span className="min-w-0 flex-1 truncate font-medium" dir="auto">
                {candidate.displayName}
              </span>
              {candidate.alert ? <TriangleAlert aria-hidden size={13} className="text-alarm" /> : null}
              <span className="text-small text-faint tabular">{birthDate(candidate.birthDate)}</span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
