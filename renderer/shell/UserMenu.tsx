import { Check, ChevronDown, Keyboard, LogOut, MonitorSmartphone, Server } from 'lucide-react';
import { Button, Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover, Separator } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import type { Person } from '../../core/contract/session.ts';
import { frameKeys } from '../routes/shortcuts.ts';
import { useSignOut } from '../sessions/use-sign-out.ts';
import { chooseTheme, themeChoices, useThemeChoice, type ThemeChoice } from '../theme/theme-choice.ts';

function initialsOf(name: string): string {
  const words = name.split(/\s+/u).filter((word) => !word.endsWith('.'));
  return [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => Array.from(word ?? '')[0] ?? '')
    .join('');
}

/** The dialogs that the menu opens in the middle of the screen. */
export type Opened = 'shortcuts' | 'server' | 'invite';

const openedByMenu: readonly Opened[] = ['shortcuts', 'server', 'invite'];

interface UserMenuProps {
  readonly person: Person;
  readonly onOpen: (opened: Opened) => void;
}

export function UserMenu({ person, onOpen }: UserMenuProps) {
  const { t } = useTranslation();
  const theme = useThemeChoice();
  const signOut = useSignOut();
  return (
    <MenuTrigger>
      <Button
        className="button button-quiet button-small"
        aria-label={t('frame.account', { name: person.displayName })}
      >
        <span className="initials" data-initials={initialsOf(person.displayName)} aria-hidden />
        <ChevronDown aria-hidden size={14} className="text-faint" />
      </Button>
      <Popover className="panel flex w-60 max-w-[calc(100vw-24px)] flex-col p-1" placement="bottom end">
        <div className="px-2.5 py-1.5">
          <p className="truncate font-semibold" dir="auto">
            {person.displayName}
          </p>
          <p className="truncate text-small text-soft">
            {t(`frame.roles.${person.role}`)} · {person.organizationName}
          </p>
        </div>
        <Menu
          className="min-h-0 overflow-auto outline-none"
          onAction={(key) => {
            if (key === 'sign-out') signOut();
            const opened = openedByMenu.find((known) => known === key);
            if (opened) onOpen(opened);
          }}
        >
          <MenuSection
            selectionMode="single"
            disallowEmptySelection
            selectedKeys={[theme]}
            onSelectionChange={(keys) => {
              const [choice] = keys === 'all' ? [] : keys;
              if (choice) chooseTheme(choice as ThemeChoice);
            }}
          >
            <Header className="px-2.5 pt-2 pb-1 text-small font-medium text-soft">{t('frame.theme')}</Header>
            {themeChoices.map((choice) => (
              <MenuItem key={choice} id={choice} className="menu-item" textValue={t(`frame.themes.${choice}`)}>
                {({ isSelected }) => (
                  <>
                    <Check aria-hidden size={13} className={isSelected ? '' : 'invisible'} />
                    {t(`frame.themes.${choice}`)}
                  </>
                )}
              </MenuItem>
            ))}
          </MenuSection>
          <Separator className="mx-1 my-1 border-t border-line" />
          <MenuItem id="shortcuts" className="menu-item" textValue={t('shortcuts.title')}>
            <Keyboard aria-hidden size={14} /> {t('shortcuts.title')}
            <kbd className="ms-auto">{frameKeys.shortcuts}</kbd>
          </MenuItem>
          {person.permissions.includes('set-up-desk') ? (
            <MenuItem id="server" className="menu-item" textValue={t('setup.menu')}>
              <Server aria-hidden size={14} /> {t('setup.menu')}
            </MenuItem>
          ) : null}
          {person.permissions.includes('pair-desks') ? (
            <MenuItem id="invite" className="menu-item" textValue={t('setup.invite')}>
              <MonitorSmartphone aria-hidden size={14} /> {t('setup.invite')}
            </MenuItem>
          ) : null}
          <MenuItem id="sign-out" className="menu-item" textValue={t('frame.signOut')}>
            <LogOut aria-hidden size={14} /> {t('frame.signOut')}
          </MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
