import { Check, ChevronDown } from 'lucide-react';
import { useId } from 'react';
import { Button, Checkbox, DialogTrigger, GridList, GridListItem } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import type { ResourceKind } from '../../../core/domain/terms.ts';
import { PopoverDialog } from '../../ui/PopoverDialog.tsx';
import { isOff, type Column } from '../../visits/columns.ts';

interface ColumnFilterProps {
  readonly kind: ResourceKind;
  readonly columns: readonly Column[];
  readonly hidden: readonly string[];
  readonly onHide: (resourceIds: readonly string[]) => void;
}

/** Chooses the shown columns. The button says how many are hidden, so that nobody takes a filtered day for the whole. */
export function ColumnFilter({ kind, columns, hidden, onHide }: ColumnFilterProps) {
  const { t } = useTranslation();
  const titleId = useId();
  const ids = columns.map(({ resource }) => resource.resourceId);
  const shown = ids.filter((id) => !hidden.includes(id));
  const count = ids.length - shown.length;
  // Hidden ids of other days and sites, which this list does not name, stay hidden.
  const elsewhere = hidden.filter((id) => !ids.includes(id));
  const show = (wanted: ReadonlySet<unknown>) => onHide([...elsewhere, ...ids.filter((id) => !wanted.has(id))]);
  return (
    <DialogTrigger>
      <Button className="button button-quiet button-small" data-filtered={count > 0 || undefined}>
        {count > 0 ? t('calendar.hidden', { count }) : t(`calendar.all.${kind}`)}
        <ChevronDown aria-hidden size={14} className="text-faint" />
      </Button>
      <PopoverDialog titleId={titleId} className="flex w-80 max-w-[calc(100vw-24px)] flex-col p-1">
        <div className="flex items-center justify-between ps-2.5 pt-1 pb-1">
          <h2 id={titleId} className="text-small font-medium text-soft">
            {t('calendar.filter')}
          </h2>
          <Button
            className="button button-quiet button-small"
            isDisabled={count === 0}
            onPress={() => onHide(elsewhere)}
          >
            {t('calendar.showAll')}
          </Button>
        </div>
        <GridList
          aria-label={t('calendar.filter')}
          className="max-h-110 overflow-auto outline-none"
          selectionMode="multiple"
          disallowEmptySelection
          escapeKeyBehavior="none"
          selectedKeys={shown}
          onSelectionChange={(keys) => show(keys === 'all' ? new Set(ids) : keys)}
        >
          {columns.map((column) => (
            <GridListItem
              key={column.resource.resourceId}
              id={column.resource.resourceId}
              textValue={column.resource.name}
              className="menu-item filter-item"
            >
              <Checkbox slot="selection" className="filter-box">
                <Check aria-hidden size={12} strokeWidth={3} />
              </Checkbox>
              <span className="min-w-0 flex-1 truncate" dir="auto">
                {column.resource.name}
              </span>
              <span className="text-small text-faint tabular">
                {isOff(column) ? t('calendar.off') : t('calendar.visits', { count: column.visits.length })}
              </span>
              <Button
                className="button button-small filter-only"
                aria-label={t('calendar.onlyWho', { name: column.resource.name })}
                onPress={() => show(new Set([column.resource.resourceId]))}
              >
                {t('calendar.only')}
              </Button>
            </GridListItem>
          ))}
        </GridList>
      </PopoverDialog>
    </DialogTrigger>
  );
}
