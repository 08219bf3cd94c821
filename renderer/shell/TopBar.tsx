import { ChevronLeft, ChevronRight, PanelRight, Printer } from 'lucide-react';
import { Button, ToggleButton } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import type { Site } from '../../core/calendar/calendar.ts';
import type { Person } from '../../core/contract/session.ts';
import { AsOf } from '../outbox/AsOf.tsx';
import { StatusPill } from '../outbox/StatusPill.tsx';
import { frameKeys } from '../routes/shortcuts.ts';
import { DayJump } from './DayJump.tsx';
import { SiteSwitch } from './SiteSwitch.tsx';
import { UserMenu, type Opened } from './UserMenu.tsx';

interface TopBarProps {
  readonly person: Person;
  readonly site: Site;
  readonly date: string;
  readonly today: string;
  readonly isJumping: boolean;
  readonly isPeopleShown: boolean;
  readonly isStatusOpen: boolean;
  /** Shows today; if today is already on the screen, scrolls to the present hour. */
  readonly onToday: () => void;
  readonly onTurn: (days: number) => void;
  readonly onJump: (date: string) => void;
  readonly onJumping: (isOpen: boolean) => void;
  readonly onSite: (siteId: string) => void;
  readonly onShowPeople: (isShown: boolean) => void;
  readonly onStatus: (isOpen: boolean) => void;
  readonly onOpen: (opened: Opened) => void;
}

export function TopBar(props: TopBarProps) {
  const { person, site, date, today, isJumping, isPeopleShown } = props;
  const { t } = useTranslation();
  return (
    <header className="top-bar">
      <div className="flex items-center gap-0.5">
        <Button
          className="button button-quiet button-icon"
          aria-label={t('frame.previousDay')}
          aria-keyshortcuts={frameKeys.previousDay}
          onPress={() => props.onTurn(-1)}
        >
          <ChevronLeft aria-hidden size={17} className="rtl:-scale-x-100" />
        </Button>
        {/* The button is never disabled: disabling a focused button drops the focus. */}
        <Button
          className="button button-small"
          aria-keyshortcuts={frameKeys.today}
          data-current={date === today || undefined}
          onPress={props.onToday}
        >
          {t('frame.today')}
        </Button>
        <Button
          className="button button-quiet button-icon"
          aria-label={t('frame.nextDay')}
          aria-keyshortcuts={frameKeys.nextDay}
          onPress={() => props.onTurn(1)}
        >
          <ChevronRight aria-hidden size={17} className="rtl:-scale-x-100" />
        </Button>
      </div>
      <DayJump site={site} date={date} today={today} isOpen={isJumping} onOpen={props.onJumping} onGo={props.onJump} />
      <SiteSwitch sites={person.sites} site={site} onSite={props.onSite} />
      <div className="flex-1" />
      <AsOf site={site} date={date} />
      <StatusPill timeZone={site.timeZone} isOpen={props.isStatusOpen} onOpen={props.onStatus} />
      <UserMenu person={person} onOpen={props.onOpen} />
      <Button
        className="button button-quiet button-icon"
        aria-label={t('daySheet.print')}
        aria-keyshortcuts={frameKeys.daySheet}
        onPress={() => window.print()}
      >
        <Printer aria-hidden size={17} />
      </Button>
      <ToggleButton
        className="button button-quiet button-icon"
        isSelected={isPeopleShown}
        onChange={props.onShowPeople}
        aria-keyshortcuts={frameKeys.people}
        aria-label={t(isPeopleShown ? 'frame.hidePeople' : 'frame.showPeople')}
      >
        <PanelRight aria-hidden size={17} className="rtl:-scale-x-100" />
      </ToggleButton>
    </header>
  );
}
