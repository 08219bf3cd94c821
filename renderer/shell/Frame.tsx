import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { addDays, dateAt } from '../../core/domain/time/zoned.ts';
import { noteViewer } from '../commands/forget-person.ts';
import type { Session } from '../commands/session.ts';
import { ClashDialog } from '../conflicts/ClashDialog.tsx';
import { RefusedTray } from '../outbox/RefusedTray.tsx';
import { UndoOffer } from '../outbox/UndoOffer.tsx';
import { useUndoKeys } from '../outbox/use-undo-keys.ts';
import type { FrameAction } from '../routes/shortcuts.ts';
import { showDay, shownSite, useShownDay } from '../routes/shown-day.ts';
import { DayScreen } from '../screens/day/DayScreen.tsx';
import { InviteDialog } from '../setup/InviteDialog.tsx';
import { SetupDialog } from '../setup/SetupDialog.tsx';
import { focusCalendar, isFocusInDay } from '../ui/focus-calendar.ts';
import type { Spotlight } from '../visits/spotlight.ts';
import { useQuarter } from '../words/clock.ts';
import { Rail } from './Rail.tsx';
import { ShortcutSheet } from './ShortcutSheet.tsx';
import { TopBar } from './TopBar.tsx';
import { useDayFocus } from './use-day-focus.ts';
import { useFrameKeys } from './use-frame-keys.ts';
import { usePeopleShown } from './use-people-shown.ts';
import type { Opened } from './UserMenu.tsx';

/** The frame of the signed-in page: rail, top bar and the day. */
export function Frame({ session }: { readonly session: Session }) {
  const { t } = useTranslation();
  const { person, identity } = session;
  const asked = useShownDay();
  const now = useQuarter();
  const [spotlight, setSpotlight] = useState<Spotlight | null>(null);
  const [isPeopleShown, setPeopleShown] = usePeopleShown();
  const [isJumping, setJumping] = useState(false);
  const [isWaitlistShown, setWaitlistShown] = useState(false);
  const [isStatusOpen, setStatusOpen] = useState(false);
  const [opened, setOpened] = useState<Opened | null>(null);
  const undo = useUndoKeys();
  const site = shownSite(person, asked);
  const today = site ? dateAt(now, site.timeZone) : null;
  const date = asked.date ?? today;

  useEffect(() => {
    document.title = site ? `${site.name} · Holdfast` : 'Holdfast';
  }, [site]);

  useEffect(() => noteViewer(person.userId), [person.userId]);

  // After the sign-in the focus goes to the calendar.
  useEffect(() => focusCalendar(), []);
  const wishFocus = useDayFocus(`${site?.siteId} ${date}`);

  function go(next: string, isFocused: boolean) {
    if (!site) return;
    if (next === date) {
      if (isFocused) focusCalendar();
      return;
    }
    wishFocus(isFocused);
    showDay(site.siteId, next === today ? null : next);
  }

  function showSpotlight(siteId: string, wanted: Omit<Spotlight, 'key'>) {
    showDay(siteId, wanted.date === today ? null : wanted.date);
    setSpotlight((last) => ({ ...wanted, key: (last?.key ?? 0) + 1 }));
  }

  function goToday(isFocused: boolean) {
    if (!site || !today) return;
    go(today, isFocused);
    if (date === today) showSpotlight(site.siteId, { date: today, quarter: now, appointmentIds: [], opens: null });
  }

  function turn(days: number, isFocused: boolean) {
    if (date) go(addDays(date, days), isFocused);
  }

  function showPeople(isShown: boolean) {
    setWaitlistShown(false);
    setPeopleShown(isShown);
  }

  const actions: Readonly<Record<FrameAction, () => void>> = {
    today: () => goToday(isFocusInDay()),
    previousDay: () => turn(-1, isFocusInDay()),
    nextDay: () => turn(1, isFocusInDay()),
    goToDay: () => setJumping(true),
    people: () => showPeople(!isPeopleShown || isWaitlistShown),
    waitlist: () => setWaitlistShown(!isWaitlistShown),
    undo,
    daySheet: () => window.print(),
    connection: () => setStatusOpen(true),
    shortcuts: () => setOpened('shortcuts'),
  };
  useFrameKeys((action) => actions[action]());

  if (!site || !date || !today) {
    return (
      <main className="grid h-full place-content-center p-8 text-center">
        <p role="alert">{t('frame.noSite')}</p>
      </main>
    );
  }

  return (
    <div className="flex h-full">
      <a href="#day" className="skip-link" onClick={skipToCalendar}>
        {t('frame.skip')}
      </a>
      <Rail siteId={site.siteId} isWaitlistShown={isWaitlistShown} onWaitlist={setWaitlistShown} />
      <div className="flex min-w-0 flex-1 flex-col">
        <TopBar
          person={person}
          site={site}
          date={date}
          today={today}
          isJumping={isJumping}
          isPeopleShown={isPeopleShown && !isWaitlistShown}
          isStatusOpen={isStatusOpen}
          onToday={() => goToday(false)}
          onTurn={(days) => turn(days, false)}
          onJump={(next) => go(next, true)}
          onJumping={setJumping}
          onSite={(siteId) => showDay(siteId, asked.date)}
          onShowPeople={showPeople}
          onStatus={setStatusOpen}
          onOpen={setOpened}
        />
        <div id="day" className="contents">
          <DayScreen
            key={site.siteId}
            session={session}
            siteId={site.siteId}
            date={date}
            side={isWaitlistShown ? 'waitlist' : isPeopleShown ? 'people' : null}
            spotlight={spotlight}
          />
        </div>
      </div>
      <RefusedTray sites={person.sites} timeZone={site.timeZone} />
      <ClashDialog
        identity={identity}
        sites={person.sites}
        mayRaise={person.permissions.includes('raise-capacity')}
        onShow={showSpotlight}
      />
      <UndoOffer sites={person.sites} />
      {opened === 'shortcuts' ? <ShortcutSheet onClose={() => setOpened(null)} /> : null}
      {opened === 'server' ? <SetupDialog onClose={() => setOpened(null)} /> : null}
      {opened === 'invite' ? <InviteDialog timeZone={site.timeZone} onClose={() => setOpened(null)} /> : null}
    </div>
  );
}

/** Moves the focus by hand, because the address's hash names the shown day and cannot be a link target. */
function skipToCalendar(event: { preventDefault(): void }): void {
  event.preventDefault();
  focusCalendar();
}
