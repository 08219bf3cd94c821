import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { addDays, dateAt } from '../../core/domain/time/zoned.ts';
import { useQuarter } from '../calendar/clock.ts';
import { DayScreen } from '../calendar/DayScreen.tsx';
import type { Spotlight } from '../calendar/spotlight.ts';
import { ClashDialog } from '../conflicts/ClashDialog.tsx';
import type { Session } from '../sessions/session.ts';
import { Rail } from './Rail.tsx';
import { showDay, useShownDay } from './shown-day.ts';
import { TopBar } from './TopBar.tsx';

const peopleKey = 'holdfast-people';

/** Rail, top bar, the day. */
export function Frame({ session }: { readonly session: Session }) {
  const { t } = useTranslation();
  const { person, identity } = session;
  const asked = useShownDay();
  const now = useQuarter();
  const [spotlight, setSpotlight] = useState<Spotlight | null>(null);
  const [isPeopleShown, setPeopleShown] = useState(() => localStorage.getItem(peopleKey) !== 'hidden');
  const site =
    person.sites.find(({ siteId }) => siteId === asked.siteId) ??
    person.sites.find(({ siteId }) => siteId === person.homeSiteId) ??
    person.sites[0];
  const today = site ? dateAt(now, site.timeZone) : null;
  const date = asked.date ?? today;

  useEffect(() => {
    document.title = site ? `${site.name} · Holdfast` : 'Holdfast';
  }, [site]);

  if (!site || !date || !today) return <main role="alert">{t('frame.noSite')}</main>;

  const go = (next: string) => showDay(site.siteId, next === today ? null : next);
  return (
    <div className="flex h-full">
      <a href="#calendar" className="skip-link" onClick={skipToCalendar}>
        {t('frame.skip')}
      </a>
      <Rail />
      <div className="flex min-w-0 flex-1 flex-col">
        <TopBar
          person={person}
          site={site}
          date={date}
          today={today}
          isPeopleShown={isPeopleShown}
          onGo={go}
          onTurn={(days) => go(addDays(date, days))}
          onSite={(siteId) => showDay(siteId, asked.date)}
          onShowPeople={(isShown) => {
            localStorage.setItem(peopleKey, isShown ? 'shown' : 'hidden');
            setPeopleShown(isShown);
          }}
        />
        <DayScreen
          key={site.siteId}
          session={session}
          siteId={site.siteId}
          date={date}
          isPeopleShown={isPeopleShown}
          spotlight={spotlight}
        />
      </div>
      <ClashDialog
        identity={identity}
        sites={person.sites}
        mayRaise={person.permissions.includes('raise-capacity')}
        onShow={(siteId, wanted) => {
          showDay(siteId, wanted.date === today ? null : wanted.date);
          setSpotlight((last) => ({ ...wanted, key: (last?.key ?? 0) + 1 }));
        }}
      />
    </div>
  );
}

/** The hash is the shown day's: the link moves the focus by hand. */
function skipToCalendar(event: { preventDefault(): void }): void {
  event.preventDefault();
  document.querySelector<HTMLElement>('#calendar [data-cursor]')?.focus();
}
