import './zod-without-eval.ts';
import './theme/base.css';
import './shell/frame.css';
import './shell/day-jump.css';
import './shell/shortcut-sheet.css';
import './calendar/calendar.css';
import './calendar/day-skeleton.css';
import './calendar/gestures.css';
import './calendar/filter-bar.css';
import './calendar/status-tones.css';
import './calendar/visit.css';
import './calendar/visit-waiting.css';
import './calendar/visit-action.css';
import './calendar/status-chip.css';
import './arrivals/arrivals.css';
import './outbox/outbox.css';
import './waitlist/waitlist.css';
import './setup/setup.css';
import './print/print.css';
import 'sonner/dist/styles.css';
import './theme/forced-colors.css';
import './theme/forced-colors-calendar.css';
import './theme/forced-colors-frame.css';
import './i18n/i18n.ts';
import { createRoot } from 'react-dom/client';

import { listenToDesk } from './api/live-events.ts';
import { loadMarks } from './calendar/load-marks.ts';
import { settle } from './commands/send-command.ts';
import { App } from './shell/App.tsx';
import { NoDesk } from './shell/NoDesk.tsx';
import { readFirstDay } from './shell/read-first-day.ts';
import { loadOtherScripts } from './theme/load-other-scripts.ts';
import { applyTheme } from './theme/theme-choice.ts';

applyTheme();
void loadMarks();
if (window.desk) {
  // The page listens before it reads anything, so that no change is missed.
  listenToDesk(settle);
  await readFirstDay();
}
const root = document.querySelector('#root');
if (root) createRoot(root).render(window.desk ? <App /> : <NoDesk />);
requestIdleCallback(() => void loadOtherScripts(), { timeout: 5_000 });
