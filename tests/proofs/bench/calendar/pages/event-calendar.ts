import '@event-calendar/core/index.css';
import './library.css';
import { createCalendar, Interaction, ResourceTimeGrid, type Calendar } from '@event-calendar/core';

import { offerBench } from './bench-page.ts';
import { eventOf, eventsOf, type PageEvent } from './page-day.ts';

let calendar: Calendar;

function inputOf({ id, resourceId, start, end, status, ...words }: PageEvent): Calendar.EventInput {
  return { id, resourceIds: [resourceId], start, end, classNames: [`status-${status}`], extendedProps: words };
}

/** Makes text nodes by hand, so that nothing is parsed and a name cannot be markup. */
function contentOf({ time, patient, service, place }: Record<string, unknown>): Node[] {
  const line = document.createElement('div');
  line.className = 'line';
  const clock = document.createElement('time');
  clock.textContent = String(time);
  const name = document.createElement('span');
  name.textContent = String(patient);
  line.append(clock, ' ', name);
  const more = [service, place].filter((words) => typeof words === 'string' && words !== '');
  return [
    line,
    ...more.map((words) => {
      const row = document.createElement('div');
      row.className = 'line';
      row.textContent = String(words);
      return row;
    }),
  ];
}

await offerBench({
  cards: '.ec-event:not(.ec-ghost, .ec-preview)',
  dragging: '.ec-ghost, .ec-dragging',
  mount(root, day) {
    calendar = createCalendar(root, [ResourceTimeGrid, Interaction], {
      view: 'resourceTimeGridDay',
      date: day.view.date,
      height: '100%',
      headerToolbar: { start: '', center: '', end: '' },
      allDaySlot: false,
      slotDuration: '00:15',
      slotLabelInterval: '00:30',
      slotLabelFormat: { hour: '2-digit', minute: '2-digit', hour12: false },
      slotHeight: 20,
      slotMinTime: '00:00',
      slotMaxTime: '24:00',
      scrollTime: '00:00',
      slotEventOverlap: false,
      editable: true,
      selectable: true,
      nowIndicator: true,
      resources: day.columns.map(({ resource }) => ({ id: resource.resourceId, title: resource.name })),
      eventContent: ({ event }) => ({ domNodes: contentOf(event.extendedProps) }),
      events: eventsOf(day).map(inputOf),
    });
  },
  change: (visit, day) => void calendar.updateEvent(inputOf(eventOf(visit, day.scale))),
});
