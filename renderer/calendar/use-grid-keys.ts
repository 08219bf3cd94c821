import { useLayoutEffect, useRef, type KeyboardEvent, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';

import { notifyObstacle } from '../commands/notify.ts';
import { actionOfKey, obstacleTo, transitionFactsOf } from '../commands/visit-actions.ts';
import { announce } from '../ui/announcer.tsx';
import type { Visit } from '../visits/columns.ts';
import { isMovable } from '../visits/visit-traits.ts';
import { accessibleNameOf } from '../visits/visit-words.ts';
import { clockAt, minutesBetween } from '../words/day-scale.ts';
import { positionAfterKey } from './carry-position.ts';
import { prepareCarry, positionWords, type Carried } from './carry-visit.ts';
import type { DayGridProps } from './day-grid-props.ts';
import { coveredBy, cursorKeys, extendCursor, isExtending, moveCursor, type Cursor } from './move-cursor.ts';
import { reveal } from './reveal.ts';

interface GridKeys {
  readonly onKeyDown: (event: KeyboardEvent) => void;
  /** The focus left the grid: a carried visit goes back. */
  readonly onBlur: () => void;
}

/**
 * The keys of the grid. Arrows move, Shift selects free slots, Enter opens or books, M picks a visit up so that arrows carry
 * it, + and − zoom, and visitActions has the keys that change a visit's status. Keys with Ctrl, Alt or ⌘ are left to the
 * browser.
 */
export function useGridKeys(
  props: DayGridProps,
  cursor: Cursor | null,
  go: (cursor: Cursor) => void,
  frame: { readonly container: RefObject<HTMLElement | null>; readonly scroller: RefObject<HTMLElement | null> },
): GridKeys {
  const { columns, scale, kind } = props;
  const { t } = useTranslation();
  const carried = useRef<Carried | null>(null);
  const index = columns.findIndex(({ resource }) => resource.resourceId === cursor?.resourceId);
  const column = columns[index];
  const visit = column?.visits.find(({ appointment }) => appointment.appointmentId === cursor?.appointmentId);

  function putDown(words: string) {
    carried.current?.end();
    carried.current = null;
    announce(words);
  }

  // Another desk may take away the visit that is carried here.
  useLayoutEffect(() => {
    if (carried.current && !carried.current.card.isConnected) putDown(t('calendar.putBack'));
  });
  useLayoutEffect(() => () => carried.current?.end(), []);

  function pickUp(asked: Visit) {
    const { container } = frame;
    const { appointmentId } = asked.appointment;
    const card = container.current?.querySelector<HTMLElement>(`[data-visit="${appointmentId}"]`);
    const isAllowed = props.maySelect && isMovable(asked);
    carried.current =
      container.current && card && isAllowed
        ? (prepareCarry(container.current, props, card, index)?.(true) ?? null)
        : null;
    const name = accessibleNameOf(asked, scale, t, kind);
    if (!carried.current) return announce(t('calendar.notMovable', { name }));
    carried.current.moveTo(carried.current.from);
    announce(t('calendar.pickedUp', { name }));
  }

  function carry(held: Carried, event: KeyboardEvent) {
    if (event.key === 'Escape') putDown(t('calendar.putBack'));
    else if (event.key === 'Enter' || event.key === ' ') drop(held);
    else {
      const position = positionAfterKey(held.position(), event.key, event.shiftKey, {
        columns: columns.length,
        day: scale,
      });
      if (!position) return;
      const wouldBe = held.moveTo(position);
      if (frame.scroller.current) reveal(held.ghost, frame.scroller.current, scale);
      const where = positionWords(props, position);
      if (wouldBe) announce(wouldBe.decision.ok ? where : `${where}. ${props.wordsOf(held.visit, wouldBe)}`);
    }
    event.preventDefault();
  }

  function drop(held: Carried) {
    const wouldBe = held.drop();
    if (!wouldBe) return putDown(t('calendar.putBack'));
    // The visit stays picked up, so that the person need not carry it again.
    if (!wouldBe.decision.ok) return announce(props.wordsOf(held.visit, wouldBe));
    putDown(t('calendar.dropped', { where: positionWords(props, held.position()) }));
    props.onDrop(held.visit, wouldBe);
    const { appointmentId } = held.visit.appointment;
    go({ resourceId: wouldBe.resourceId, quarter: wouldBe.start, appointmentId });
  }

  function extend(from: Cursor, key: Parameters<typeof extendCursor>[3]) {
    if (!column) return;
    const next = extendCursor(column, scale, from, key);
    const { start, end } = coveredBy(next);
    go(next);
    announce(
      t('calendar.extended', {
        from: clockAt(scale, start),
        until: clockAt(scale, end),
        minutes: minutesBetween(start, end),
      }),
    );
  }

  /**
   * Changes the visit's status by its key, opens the panel that asks back, or says why neither is possible. False where the key
   * is none of these.
   */
  function change(under: Visit, key: string): boolean {
    const action = actionOfKey(key);
    if (!action) return false;
    const { appointmentId, status } = under.appointment;
    const obstacle = obstacleTo(action.type, transitionFactsOf(under), props);
    if (obstacle) notifyObstacle(obstacle, action.type, status);
    else if (action.asks) props.onOpen(appointmentId, action.type);
    else props.onAct(appointmentId, action.type);
    return true;
  }

  function act(here: Cursor, key: string): boolean {
    if (key === 'Enter' || key === ' ') {
      const { start, end } = coveredBy(here);
      if (visit) props.onOpen(visit.appointment.appointmentId);
      else if (props.maySelect) props.onSelect(here.resourceId, start, here.anchor === undefined ? null : end);
    } else if (key === 'Escape' && here.anchor !== undefined) {
      go({ resourceId: here.resourceId, quarter: here.anchor, appointmentId: null });
    } else if (key === '+' || key === '=') props.onZoom?.(1);
    else if (key === '-' || key === '−') props.onZoom?.(-1);
    else if (!visit) return false;
    else if (key === 'm') pickUp(visit);
    else return change(visit, key);
    return true;
  }

  return {
    onKeyDown(event) {
      if (event.target instanceof Element && event.target.closest('button')) return;
      if (!cursor || event.altKey || event.ctrlKey || event.metaKey || event.nativeEvent.isComposing) return;
      if (carried.current) return carry(carried.current, event);
      const key = cursorKeys.find((known) => known === event.key);
      if (key === undefined) {
        if (act(cursor, event.key.length === 1 ? event.key.toLowerCase() : event.key)) event.preventDefault();
        return;
      }
      event.preventDefault();
      if (event.shiftKey && cursor.appointmentId === null && isExtending(key)) extend(cursor, key);
      else go(moveCursor(columns, scale, cursor, key));
    },
    onBlur() {
      if (carried.current) putDown(t('calendar.putBack'));
    },
  };
}
