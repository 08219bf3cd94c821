import { Check, ChevronDown } from 'lucide-react';
import { Button, ListBox, ListBoxItem, Popover, Select, SelectValue } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import type { Site } from '../../core/calendar/calendar.ts';

interface SiteSwitchProps {
  readonly sites: readonly Site[];
  readonly site: Site;
  readonly onSite: (siteId: string) => void;
}

/** The clinic on the screen. People who work at several clinics can choose another one. */
export function SiteSwitch({ sites, site, onSite }: SiteSwitchProps) {
  const { t } = useTranslation();
  if (sites.length < 2) return <span className="truncate text-soft">{site.name}</span>;
  return (
    <Select
      aria-label={t('frame.site')}
      value={site.siteId}
      onChange={(key) => {
        if (key !== null) onSite(String(key));
      }}
    >
      <Button className="button button-quiet button-small max-w-60 font-normal text-soft">
        <SelectValue className="truncate">{({ selectedText }) => selectedText}</SelectValue>
        <ChevronDown aria-hidden size={14} className="shrink-0" />
      </Button>
      <Popover className="panel flex min-w-(--trigger-width) flex-col p-1">
        <ListBox
          items={sites.map(({ siteId, name }) => ({ id: siteId, name }))}
          className="min-h-0 overflow-auto outline-none"
        >
          {(choice) => (
            <ListBoxItem id={choice.id} textValue={choice.name} className="menu-item">
              {({ isSelected }) => (
                <>
                  <Check aria-hidden size={13} className={isSelected ? '' : 'invisible'} />
                  {choice.name}
                </>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  );
}
