import type { DayView } from '../../../../../core/calendar/calendar.ts';
import { changedVisit, pageDayOf, type PageDay } from './page-day.ts';

/** One of the measured calendars. */
export interface BenchedCalendar {
  /** The selector of every visit's element. */
  readonly cards: string;
  /** The selector of an element that is there only during a drag. */
  readonly dragging: string;
  mount(root: HTMLElement, day: PageDay): void;
  /** Shows the present state of one visit, by the library's own way to change one. */
  change(visit: ReturnType<typeof changedVisit>, day: PageDay): void;
}

/** The functions that the benchmark calls in the page. */
export interface BenchPage {
  /** Milliseconds from the call until the frame that shows every visit is painted. */
  mount(): Promise<number>;
  /** The same for the n-th change. */
  change(n: number): Promise<number>;
  /** Waits until the page has nothing left to do. */
  settle(): Promise<void>;
  cardCount(): number;
  /** The point at which the dragged visit can be grabbed, and its text. */
  handle(): { readonly x: number; readonly y: number; readonly text: string };
  isDragging(): boolean;
  /** Writes a mark into the trace. */
  mark(name: string): void;
}

const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));

/** Resolves after the next frame is drawn: a message is handled after the frame whose callbacks posted it. */
function afterPaint(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', () => resolve(), { once: true });
    port1.start();
    port2.postMessage(null);
  });
}

async function untilPainted(isThere: () => boolean): Promise<void> {
  do await frame();
  while (!isThere());
  await afterPaint();
}

/** Loads the day and its fonts, then offers the calendar to the benchmark as `window.bench`. */
export async function offerBench(calendar: BenchedCalendar): Promise<void> {
  const root = document.querySelector<HTMLElement>('#root');
  if (!root) throw new Error('the page has no root');
  const response = await fetch('/day.json');
  const view = (await response.json()) as DayView;
  await loadFonts(view);
  const day = pageDayOf(view);
  const total = day.view.appointments.length;
  const cards = () => root.querySelectorAll<HTMLElement>(calendar.cards);
  const patient = day.dragged.patient?.displayName ?? '';

  async function time(name: string, begin: () => void, isThere: () => boolean): Promise<number> {
    // Each measurement begins just after a frame, so that the wait for the next frame is the same for all.
    await frame();
    await afterPaint();
    const startedAt = performance.now();
    performance.mark(`${name} begins`);
    begin();
    await untilPainted(isThere);
    performance.mark(`${name} ends`);
    return performance.now() - startedAt;
  }

  const bench: BenchPage = {
    mount: () =>
      time(
        'mount',
        () => calendar.mount(root, day),
        () => cards().length >= total,
      ),
    change(n) {
      const visit = changedVisit(day, n);
      const text = visit.patient?.displayName ?? '';
      const before = cardWith(cards(), text)?.getBoundingClientRect().top;
      return time(
        'change',
        () => calendar.change(visit, day),
        () => cardWith(cards(), text)?.getBoundingClientRect().top !== before,
      );
    },
    async settle() {
      for (let n = 0; n < 3; n++) await frame();
      await new Promise((resolve) => requestIdleCallback(resolve));
    },
    cardCount: () => cards().length,
    handle() {
      const card = cardWith(cards(), patient);
      if (!card) throw new Error('the visit to drag is not there');
      const { left, top, width } = card.getBoundingClientRect();
      return { x: left + width / 2, y: top + 12, text: card.textContent };
    },
    isDragging: () => document.querySelector(calendar.dragging) !== null,
    mark: (name) => void performance.mark(name),
  };
  Object.assign(window, { bench });
}

/**
 * Loads all font families of the page, because the day has names in many scripts. A desk that has shown a day has its fonts.
 * A font that arrived during a measurement would cause a second layout of all text.
 */
async function loadFonts({ patients, resources }: DayView): Promise<void> {
  const words = [...patients.map(({ displayName }) => displayName), ...resources.map(({ name }) => name)].join('');
  await document.fonts.load(`13px ${getComputedStyle(document.body).fontFamily}`, words);
}

function cardWith(cards: Iterable<HTMLElement>, text: string): HTMLElement | undefined {
  return [...cards].find((card) => card.textContent.includes(text));
}
