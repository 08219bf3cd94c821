import 'react-big-calendar/lib/css/react-big-calendar.css';
import 'react-big-calendar/lib/addons/dragAndDrop/styles.css';
import './library.css';
import './big-calendar.css';
import dayjs from 'dayjs';
import { memo, useState, useSyncExternalStore } from 'react';
import { Calendar, dayjsLocalizer, type EventProps } from 'react-big-calendar';
import dragAndDrop from 'react-big-calendar/lib/addons/dragAndDrop/index.js';
import { createRoot } from 'react-dom/client';

import { offerBench } from './bench-page.ts';
import { eventOf, eventsOf, type PageDay, type PageEvent } from './page-day.ts';

interface Head {
  readonly id: string;
  readonly title: string;
}

const DragCalendar = dragAndDrop.default(Calendar<PageEvent, Head>);
const localizer = dayjsLocalizer(dayjs);
const formats = { timeGutterFormat: 'HH:mm', eventTimeRangeFormat: () => '' };
const nothing = () => {};

const EventContent = memo(function EventContent({ event }: EventProps<PageEvent>) {
  return (
    <>
      <div className="line">
        <time>{event.time}</time> <span>{event.patient}</span>
      </div>
      {event.service === '' ? null : <div className="line">{event.service}</div>}
      {event.place === null ? null : <div className="line">{event.place}</div>}
    </>
  );
});
// Made once, as the library's documentation advises: new components at each render would mount every event anew.
const components = { event: EventContent };
const classOf = ({ status }: PageEvent) => ({ className: `status-${status}` });

let shown: PageEvent[] = [];
let redraw: () => void = nothing;

function show(events: PageEvent[]): void {
  shown = events;
  redraw();
}

function watch(watcher: () => void): () => void {
  redraw = watcher;
  return nothing;
}

function BenchedDay({ day }: { readonly day: PageDay }) {
  const events = useSyncExternalStore(watch, () => shown);
  const [heads] = useState(() =>
    day.columns.map(({ resource }) => ({ id: resource.resourceId, title: resource.name })),
  );
  const [midnight] = useState(() => new Date(day.view.startsAt));
  return (
    <DragCalendar
      localizer={localizer}
      formats={formats}
      components={components}
      date={midnight}
      view="day"
      views={['day']}
      onNavigate={nothing}
      onView={nothing}
      toolbar={false}
      events={events}
      resources={heads}
      resourceAccessor="resourceId"
      resourceIdAccessor="id"
      resourceTitleAccessor="title"
      step={15}
      timeslots={4}
      scrollToTime={midnight}
      dayLayoutAlgorithm="no-overlap"
      tooltipAccessor={null}
      eventPropGetter={classOf}
      selectable
      resizable
      onEventDrop={nothing}
      onEventResize={nothing}
    />
  );
}

await offerBench({
  cards: '.rbc-event:not(.rbc-addons-dnd-drag-preview)',
  dragging: '.rbc-addons-dnd-drag-preview',
  mount(root, day) {
    shown = eventsOf(day);
    createRoot(root).render(<BenchedDay day={day} />);
  },
  change(visit, day) {
    const changed = eventOf(visit, day.scale);
    show(shown.map((event) => (event.id === changed.id ? changed : event)));
  },
});
