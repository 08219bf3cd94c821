import type { DayView } from '../../../core/calendar/calendar.ts';
import type { TransitionType } from '../../../core/domain/bookings/transitions.ts';
import type { Present } from '../../../core/domain/time/present.ts';
import type { Quarter } from '../../../core/domain/time/quarter.ts';
import { BookingPanel } from '../../bookings/BookingPanel.tsx';
import {
  bookVisit,
  changeStatus,
  providerSlotsOf,
  raiseCapacity,
  registerAndBook,
} from '../../bookings/day-actions.ts';
import type { BookingDraft } from '../../bookings/draft.ts';
import { namedBy } from '../../bookings/fixed-resource.ts';
import { VisitPanel } from '../../bookings/VisitPanel.tsx';
import { usePending } from '../../commands/pending-commands.ts';
import type { Session } from '../../commands/session.ts';
import type { Visit } from '../../visits/columns.ts';
import type { DayScale } from '../../words/day-scale.ts';

interface BookingBesideProps {
  readonly session: Session;
  readonly view: DayView;
  readonly draft: BookingDraft;
  readonly now: Quarter;
  readonly onDraft: (draft: BookingDraft | null) => void;
}

/** The booking panel beside its slot. */
export function BookingBeside({ session, view, draft, now, onDraft }: BookingBesideProps) {
  return (
    <BookingPanel
      view={view}
      draft={draft}
      now={now}
      onChange={onDraft}
      onBook={(placement, patient, isNew) => {
        const book = isNew ? registerAndBook : bookVisit;
        book(session.identity, view, placement, patient, {
          ...namedBy(draft),
          ...(draft.entry?.patientId === patient.patientId && { fulfils: draft.entry.waitlistEntryId }),
        });
        onDraft(null);
      }}
      onClose={() => onDraft(null)}
    />
  );
}

interface VisitBesideProps {
  readonly session: Session;
  readonly view: DayView;
  readonly provisional: ReadonlyMap<string, string>;
  readonly scale: DayScale;
  readonly visit: Visit;
  readonly present: Present;
  /** The change that the person asked for: Enter makes it. */
  readonly wish: TransitionType | null;
  readonly onClose: () => void;
}

/** The visit's panel beside its card. */
export function VisitBeside(props: VisitBesideProps) {
  const { session, view, provisional, scale, visit, present, wish, onClose } = props;
  const { identity, person } = session;
  const { appointment } = visit;
  const pending = usePending();
  const lastCommandId = provisional.get(appointment.appointmentId);
  // Commands that the desk keeps from before this page was opened wait too.
  const isWaiting = !pending.some(
    ({ typed, phase }) => phase === 'sending' && typed.command.commandId === lastCommandId,
  );
  const { slots, capacity } = providerSlotsOf(view, appointment);
  return (
    <VisitPanel
      key={appointment.appointmentId}
      visit={visit}
      scale={scale}
      isWaiting={isWaiting}
      wish={wish}
      permissions={person.permissions}
      present={present}
      raise={
        person.permissions.includes('raise-capacity')
          ? {
              capacity: capacity + 1,
              onRaise: (reason) => {
                const raise = { resourceId: appointment.providerId, slots, capacity: capacity + 1, reason };
                void raiseCapacity(identity, view, raise);
                onClose();
              },
            }
          : null
      }
      onTransition={(type) => {
        changeStatus(identity, { view, provisional }, type, appointment);
        onClose();
      }}
      onClose={onClose}
    />
  );
}
