import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import { ColumnFilter } from './ColumnFilter.tsx';
import { changeDaySettings, hiddenOf, hideColumns, zoomed, type DaySettings } from './day-settings.ts';
import { KindSwitch } from './KindSwitch.tsx';
import { Legend } from './Legend.tsx';
import type { Day } from './use-day.ts';
import { ZoomButtons } from './ZoomButtons.tsx';

interface FilterBarProps {
  readonly siteId: string;
  readonly day: Day;
  readonly settings: DaySettings;
  readonly isShowingOff: boolean;
  readonly onShowOff: (isShowing: boolean) => void;
}

/** The bar above the calendar: what a column stands for, which columns are shown, what the colours mean, and the zoom. */
export function FilterBar({ siteId, day, settings, isShowingOff, onShowOff }: FilterBarProps) {
  const { t } = useTranslation();
  const { kind, zoom } = settings;
  const hidden = hiddenOf(settings, siteId);
  const offCount = day.off.filter(({ resource }) => !hidden.includes(resource.resourceId)).length;
  return (
    <div className="filter-bar">
      <KindSwitch kind={kind} onKind={(next) => changeDaySettings({ kind: next })} />
      <ColumnFilter
        kind={kind}
        columns={day.columns}
        hidden={hidden}
        onHide={(resourceIds) => hideColumns(siteId, resourceIds)}
      />
      {offCount > 0 ? (
        <Button className="button button-quiet button-small text-soft" onPress={() => onShowOff(!isShowingOff)}>
          {isShowingOff ? t('calendar.hideOff') : t('calendar.showOff', { count: offCount })}
        </Button>
      ) : null}
      <Legend />
      {day.error ? (
        <span role="alert" className="flex items-center gap-2 text-small text-warn">
          {t('calendar.old')}
          <Button className="button button-small" onPress={day.retry}>
            {t('calendar.retry')}
          </Button>
        </span>
      ) : null}
      {day.elsewhere > 0 ? (
        <span className="text-small text-soft">{t(`calendar.elsewhere.${kind}`, { count: day.elsewhere })}</span>
      ) : null}
      <ZoomButtons zoom={zoom} onZoom={(step) => changeDaySettings({ zoom: zoomed(zoom, step) })} />
    </div>
  );
}
