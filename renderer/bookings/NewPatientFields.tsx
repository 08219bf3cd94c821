import { ChevronLeft } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button, FieldError, Input, Label, Text, TextField } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import { maxAlertLength, maxNameLength } from '../../core/domain/patients/patient-limits.ts';
import { birthDate as birthDateWords } from '../words/format-date.ts';
import type { Registration, RegistrationReading } from './registration.ts';

interface NewPatientFieldsProps {
  readonly registration: Registration;
  readonly reading: RegistrationReading;
  /** How often the person tried to go on. From then on missing fields are named too, and the first fault takes the focus. */
  readonly asked: number;
  readonly onChange: (registration: Registration) => void;
  readonly onBack: () => void;
}

const maxOthers = 2;

type FieldName = 'name' | 'birthDate' | 'phone' | 'alert';

/** The fields of a new patient, in the place of the search and filled from what was typed there. */
export function NewPatientFields({ registration, reading, asked, onChange, onBack }: NewPatientFieldsProps) {
  const { t } = useTranslation();
  const { faults, birthDates } = reading;
  const [born, ...others] = birthDates;
  /** The fields that the person has left: a half-typed text is no fault yet. */
  const [left, setLeft] = useState<ReadonlySet<FieldName>>(new Set());
  const firstEmpty = (['name', 'birthDate', 'phone'] as const).find((name) => registration[name] === '') ?? 'name';

  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    if (asked > 0) section.current?.querySelector<HTMLElement>('input[data-invalid]')?.focus();
  }, [asked]);

  function field(name: FieldName) {
    return {
      // We show the faults ourselves: the browser's own validation stops the form before its submit event.
      validationBehavior: 'aria' as const,
      value: registration[name],
      onChange: (text: string) => onChange({ ...registration, [name]: text }),
      onBlur: () => setLeft((before) => new Set([...before, name])),
      autoFocus: name === firstEmpty,
    };
  }
  const isAsked = asked > 0;
  const isSaid = (name: 'birthDate' | 'phone') => isAsked || (left.has(name) && registration[name] !== '');
  const nameFault = faults.name && (isAsked || faults.name !== 'missing') ? faults.name : null;
  const dateFault = faults.birthDate && isSaid('birthDate') ? faults.birthDate : null;

  return (
    <section ref={section} aria-label={t('registration.title')} className="grid gap-2">
      <div className="flex items-baseline justify-between">
        <p className="text-grid font-semibold">{t('registration.title')}</p>
        <Button
          type="button"
          className="inline-flex items-center gap-0.5 rounded-sm text-small font-medium text-soft hover:text-ink"
          onPress={onBack}
        >
          <ChevronLeft aria-hidden size={13} /> {t('registration.back')}
        </Button>
      </div>
      <TextField {...field('name')} isInvalid={nameFault !== null}>
        <Label className="label">{t('registration.name')}</Label>
        <Input className="field" dir="auto" autoComplete="off" />
        <FieldError className="mt-1 block text-small text-alarm">
          {nameFault ? t(`registration.nameFaults.${nameFault}`, { most: maxNameLength }) : null}
        </FieldError>
      </TextField>
      <div className="grid grid-cols-2 items-start gap-2">
        <TextField {...field('birthDate')} isInvalid={dateFault !== null}>
          <Label className="label">{t('registration.birthDate')}</Label>
          <Input className="field tabular" autoComplete="off" />
          {dateFault ? (
            <FieldError className="mt-1 block text-small text-alarm">
              {t(`registration.birthDateFaults.${dateFault}`)}
            </FieldError>
          ) : (
            <Text slot="description" className="mt-1 block text-small text-soft tabular">
              {born === undefined ? t('registration.birthDateHint') : birthDateWords(born)}
            </Text>
          )}
        </TextField>
        <TextField {...field('phone')} isInvalid={faults.phone !== undefined && isSaid('phone')} type="tel">
          <Label className="label">{t('registration.phone')}</Label>
          <Input className="field tabular" autoComplete="off" />
          <FieldError className="mt-1 block text-small text-alarm">{t('registration.phoneFault')}</FieldError>
        </TextField>
      </div>
      {others.length === 0 ? null : (
        <p className="flex items-center gap-1.5 text-small text-soft">
          {t('registration.orBorn')}
          {others.slice(0, maxOthers).map((other) => (
            <Button
              key={other}
              type="button"
              className="button button-small tabular"
              onPress={() => onChange({ ...registration, birthDate: birthDateWords(other) })}
            >
              {birthDateWords(other)}
            </Button>
          ))}
        </p>
      )}
      <TextField {...field('alert')} isInvalid={faults.alert !== undefined}>
        <Label className="label">{t('registration.alert')}</Label>
        <Input className="field" placeholder={t('registration.alertPlaceholder')} dir="auto" autoComplete="off" />
        <FieldError className="mt-1 block text-small text-alarm">
          {faults.alert ? t(`registration.textFaults.${faults.alert}`, { most: maxAlertLength }) : null}
        </FieldError>
      </TextField>
    </section>
  );
}
