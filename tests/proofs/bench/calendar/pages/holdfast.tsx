import '../../../../../renderer/theme/base.css';
import '../../../../../renderer/theme/other-alphabets.css';
import '../../../../../renderer/theme/east-asian-scripts.css';
import '../../../../../renderer/shell/frame.css';
import '../../../../../renderer/calendar/calendar.css';
import '../../../../../renderer/calendar/gestures.css';
import '../../../../../renderer/calendar/status-tones.css';
import '../../../../../renderer/calendar/visit.css';
import '../../../../../renderer/calendar/visit-waiting.css';
import '../../../../../renderer/calendar/visit-action.css';
import '../../../../../renderer/i18n/i18n.ts';
import { useMemo, useState, useSyncExternalStore } from 'react';
import { createRoot } from 'react-dom/client';

import type { DayView } from '../../../../../core/calendar/calendar.ts';
import { DayGrid } from '../../../../../renderer/calendar/DayGrid.tsx';
import { dropTargetsOf } from '../../../../../renderer/calendar/drop-targets.ts';
import { loadMarks } from '../../../../../renderer/calendar/load-marks.ts';
import { columnsOf, makeColumnKeeper } from '../../../../../renderer/visits/columns.ts';
import { clockAt } from '../../../../../renderer/words/day-scale.ts';
import { offerBench } from './bench-page.ts';
import { noneProvisional, type PageDay } from './page-day.ts';

const nothing = () => {};
const permissions = ['book', 'check-in'] as const;
let shown: DayView;
let redraw: () => void = nothing;

function show(view: DayView): void {
  shown = view;
  redraw();
}

function watch(watcher: () => void): () => void {
  redraw = watcher;
  return nothing;
}

/** Makes columns from the day's facts and keeps the unchanged ones, as renderer/screens/day/DayScreen.tsx does. */
function BenchedDay({ day }: { readonly day: PageDay }) {
  const { scale } = day;
  const present = useMemo(() => ({ now: scale.start, today: scale }), [scale]);
  const view = useSyncExternalStore(watch, () => shown);
  const [keepUnchanged] = useState(makeColumnKeeper);
  const columns = useMemo(
    () => keepUnchanged(columnsOf(view, noneProvisional, scale, 'provider')),
    [keepUnchanged, view, scale],
  );
  return (
    <DayGrid
      columns={columns}
      scale={scale}
      kind="provider"
      siteName={view.site.name}
      present={present}
      maySelect
      draft={null}
      targetsOf={(visit) => dropTargetsOf(view, visit.appointment, 'provider', scale.start)}
      wordsOf={(_, { start, durationQuarters }) =>
        `${clockAt(scale, start)}–${clockAt(scale, start + durationQuarters)}`
      }
      onSelect={nothing}
      onDrop={nothing}
      onOpen={nothing}
      onAct={nothing}
      permissions={permissions}
    />
  );
}

await loadMarks();
await offerBench({
  cards: '[data-visit]',
  dragging: '.drag-ghost',
  mount(root, day) {
    shown = day.view;
    createRoot(root).render(<BenchedDay day={day} />);
  },
  change({ appointment }) {
    const { appointmentId } = appointment;
    const appointments = shown.appointments.map((old) => (old.appointmentId === appointmentId ? appointment : old));
    show({ ...shown, appointments });
  },
});
