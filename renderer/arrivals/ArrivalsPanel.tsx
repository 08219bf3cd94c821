import { memo, useDeferredValue, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useLostFocus } from '../ui/use-lost-focus.ts';
import type { Visit } from '../visits/columns.ts';
import type { ArrivalsRowProps } from './ArrivalsRow.tsx';
import { ArrivalsRows, type ArrivalsRowsProps } from './ArrivalsRows.tsx';
import { sortArrivals, type Arrivals } from './sort-arrivals.ts';

interface ArrivalsPanelProps extends Omit<ArrivalsRowProps, 'visit'> {
  readonly visits: readonly Visit[];
}

/** The day's people: those who wait and for how long, those who are expected, those who are done. */
export const ArrivalsPanel = memo(function ArrivalsPanel({ visits, ...rest }: ArrivalsPanelProps) {
  const { t } = useTranslation();
  // Deferred, so that the calendar is drawn first, also when the day is first shown.
  const listed = useDeferredValue<readonly Visit[] | null>(visits, null);
  const groups = useMemo(() => listed && sortArrivals(listed), [listed]);
  const panel = useRef<HTMLElement>(null);
  const focused = useRef({ at: 0, visitId: '' });
  // The focus follows a person whose row moves to another group, and goes to the name: a button there would take the next step
  // at the next Enter. Where the other group is folded, the name in the row that takes the place gets the focus.
  const lostFocus = useLostFocus(() => {
    const rows = rowsOf(panel.current);
    const { at, visitId } = focused.current;
    const row = rows.find((other) => listedIn(other) === visitId) ?? rows[Math.min(at, rows.length - 1)];
    return row?.querySelector('button') ?? panel.current?.querySelector('summary');
  });
  useLayoutEffect(() => {
    const rows = rowsOf(panel.current);
    const at = rows.findIndex((row) => row.contains(document.activeElement));
    const row = rows[at];
    if (row) focused.current = { at, visitId: listedIn(row) };
  });
  return (
    <aside ref={panel} aria-label={t('arrivals.title')} className="arrivals" {...lostFocus}>
      {groups ? <Groups groups={groups} panel={panel} {...rest} /> : null}
    </aside>
  );
});

type GroupsProps = Omit<ArrivalsRowsProps, 'visits'> & { readonly groups: Arrivals };

function Groups({ groups, ...rest }: GroupsProps) {
  const { t } = useTranslation();
  // The state is not in each group: an opening group moves the lists below it, and they must measure their place again.
  const [isOpen, setOpen] = useState({ checkedIn: false, done: false, missed: false });
  const folded = (name: keyof typeof isOpen) => ({
    visits: groups[name],
    isOpen: isOpen[name],
    onToggle: (opens: boolean) => setOpen((before) => ({ ...before, [name]: opens })),
  });
  return (
    <>
      <Group title={t('arrivals.waiting')} visits={groups.waiting} nobody={t('arrivals.nobody')} {...rest} />
      <Group title={t('arrivals.expected')} visits={groups.expected} nobody={t('arrivals.nobodyExpected')} {...rest} />
      <Folded title={t('arrivals.in')} {...folded('checkedIn')} {...rest} />
      <Folded title={t('arrivals.done')} {...folded('done')} {...rest} />
      <Folded title={t('arrivals.missed')} {...folded('missed')} {...rest} />
    </>
  );
}

function rowsOf(panel: HTMLElement | null): HTMLElement[] {
  return [...(panel?.querySelectorAll<HTMLElement>('.arrivals-row') ?? [])];
}

/** The id of the visit that a row lists. */
const listedIn = (row: HTMLElement) => row.closest('li')?.dataset['listed'] ?? '';

type GroupProps = ArrivalsRowsProps & { readonly title: string };

function Group({ title, nobody, ...rest }: GroupProps & { readonly nobody: string }) {
  return (
    <section>
      <h2 className="arrivals-title">
        {title} <span className="tabular">{rest.visits.length}</span>
      </h2>
      {rest.visits.length === 0 ? <p className="px-3 pb-2 text-grid text-faint">{nobody}</p> : null}
      <ArrivalsRows {...rest} />
    </section>
  );
}

interface FoldedProps extends GroupProps {
  readonly isOpen: boolean;
  readonly onToggle: (opens: boolean) => void;
}

function Folded({ title, isOpen, onToggle, ...rest }: FoldedProps) {
  if (rest.visits.length === 0) return null;
  return (
    <details open={isOpen} onToggle={(event) => onToggle(event.currentTarget.open)}>
      <summary className="arrivals-title">
        {title} <span className="tabular">{rest.visits.length}</span>
      </summary>
      {isOpen ? <ArrivalsRows {...rest} /> : null}
    </details>
  );
}
