import type { BookingDraft } from './draft.ts';
import { LikelyPatients } from './LikelyPatients.tsx';
import { NewPatientFields } from './NewPatientFields.tsx';
import { PatientSearch } from './PatientSearch.tsx';
import { beginRegistration } from './registration.ts';
import type { NewPatient } from './use-new-patient.ts';

interface BookedPatientProps {
  readonly draft: BookingDraft;
  readonly newPatient: NewPatient;
  readonly onChange: (draft: BookingDraft) => void;
  readonly onBack: () => void;
}

/** The patient of the visit: the search for a known one, or the fields of a new one in the same place. */
export function BookedPatient({ draft, newPatient, onChange, onBack }: BookedPatientProps) {
  const { registration = null } = draft;
  if (!registration || !newPatient.reading) {
    return (
      <PatientSearch
        text={draft.patientText}
        patient={draft.patient}
        onType={(patientText) => onChange({ ...draft, patientText, patient: null })}
        onChoose={(patient) => onChange({ ...draft, patient, patientText: patient.displayName })}
        onRegister={() =>
          onChange({ ...draft, patient: null, registration: beginRegistration(draft.patientText.trim(), registration) })
        }
      />
    );
  }
  const { likely } = newPatient;
  return (
    <div
      role="presentation"
      className="grid gap-3"
      // The button below registers in spite of likely duplicates. Enter shows them instead.
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || likely.length === 0 || !(event.target instanceof HTMLInputElement)) return;
        // Without this the same key press would press the button that gets the focus.
        event.preventDefault();
        newPatient.submit();
      }}
    >
      <NewPatientFields
        registration={registration}
        reading={newPatient.reading}
        asked={newPatient.asked}
        onChange={(changed) => onChange({ ...draft, registration: changed })}
        onBack={onBack}
      />
      <LikelyPatients
        patients={likely}
        insisted={newPatient.insisted}
        onChoose={(patient) =>
          onChange({
            ...draft,
            patient,
            patientText: patient.displayName,
            registration: { ...registration, isOpen: false },
          })
        }
      />
    </div>
  );
}
