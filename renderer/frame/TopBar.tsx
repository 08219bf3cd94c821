import { ChevronLeft, ChevronRight, PanelRight } from 'lucide-react';
import { useRef } from 'react';
import { Button, ToggleButton } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import type { Site } from '../../core/contract/calendar.ts';
import type { Person } from '../../core/contract/session.ts';
import { dateWithYear } from '../calendar/format-date.ts';
import { ConnectionPill } from './ConnectionPill.tsx';
import { SiteSwitch } from './SiteSwitch.tsx';
import { UserMenu } from './UserMenu.tsx';

interface TopBarProps {
  readonly person: Person;
  readonly site: Site;
  readonly date: string;
  readonly today: string;
  readonly isPeopleShown: boolean;
  readonly onGo: (date: string) => void;
  readonly onTurn: (days: number) => void;
  readonly onSite: (siteId: string) => void;
  readonly onShowPeople: (isShown: boolean) => void;
}

export function TopBar(props: TopBarProps) {
  const { person, site, date, today, isPeopleShown, onGo, onTurn, onSite, onShowPeople } = props;
  const { t } = useTranslation();
  const picker = useRef<HTMLInputElement>(null);
  return (
    <header className="top-bar">
      <div className="flex items-center gap-0.5">
        <Button
          className="button button-quiet button-icon"
          aria-label={t('frame.previousDay')}
          onPress={() => onTurn(-1)}
        >
          <ChevronLeft aria-hidden size={17} />
        </Button>
        <Button className="button button-small" isDisabled={date === today} onPress={() => onGo(today)}>
          {t('frame.today')}
        </Button>
        <Button className="button button-quiet button-icon" aria-label={t('frame.nextDay')} onPress={() => onTurn(1)}>
          <ChevronRight aria-hidden size={17} />
        </Button>
      </div>
      <div className="relative">
        <h1 className="tabular">
          <Button
            className="button button-quiet px-2 text-[20px] font-semibold"
            aria-description={t('frame.pickDay')}
            onPress={() => picker.current?.showPicker()}
          >
            {dateWithYear(date)}
          </Button>
        </h1>
        {/* The browser's own calendar: it speaks the system's language and needs no code of ours. */}
        <input
          ref={picker}
          type="date"
          tabIndex={-1}
          aria-hidden
          value={date}
          className="pointer-events-none absolute bottom-0 left-2 h-0 w-0 opacity-0"
          onChange={(event) => {
            if (event.target.value !== '') onGo(event.target.value);
          }}
        />
      </div>
      <SiteSwitch sites={person.sites} site={site} onSite={onSite} />
      <div className="flex-1" />
      <ConnectionPill />
      <UserMenu person={person} />
      <ToggleButton
        className="button button-quiet button-icon"
        isSelected={isPeopleShown}
        onChange={onShowPeople}
        aria-label={t(isPeopleShown ? 'frame.hidePeople' : 'frame.showPeople')}
      >
        <PanelRight aria-hidden size={17} />
      </ToggleButton>
    </header>
  );
}
