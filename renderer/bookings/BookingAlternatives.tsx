import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import type { DayView } from '../../core/calendar/calendar.ts';
import type { AlternativeView } from '../../core/calendar/conflict.ts';
import { quarterOf } from '../../core/domain/time/quarter.ts';
import { wallTimeAt } from '../../core/domain/time/zoned.ts';
import type { BookingDraft } from './draft.ts';
import type { FixedResource } from './fixed-resource.ts';

interface BookingAlternativesProps {
  readonly view: DayView;
  readonly draft: BookingDraft;
  readonly alternatives: readonly AlternativeView[];
  readonly onTake: (draft: BookingDraft) => void;
}

/** Free placements near a draft that does not fit. One tap moves the draft there. */
export function BookingAlternatives({ view, draft, alternatives, onTake }: BookingAlternativesProps) {
  const { t } = useTranslation();
  if (alternatives.length === 0) return null;

  function elsewhereWords(alternative: AlternativeView): string {
    const fixed = fixedBy(draft, alternative);
    const other = view.resources.find(({ resourceId }) => resourceId === fixed?.resourceId)?.name ?? null;
    const resourceName = fixed?.resourceId === draft.fixed?.resourceId ? null : other;
    const providerName = alternative.providerId === draft.providerId ? null : alternative.providerName;
    return [providerName, resourceName].flatMap((name) => (name === null ? [] : ` · ${name}`)).join('');
  }

  return (
    <div className="flex flex-wrap items-center gap-1.5 text-grid">
      <span className="text-soft">{t('booking.free')}</span>
      {alternatives.map((alternative) => (
        <Button
          key={`${alternative.scheduledStart} ${alternative.providerId}`}
          type="button"
          className="button button-small tabular"
          onPress={() =>
            onTake({
              ...draft,
              providerId: alternative.providerId,
              start: quarterOf(alternative.scheduledStart),
              fixed: fixedBy(draft, alternative),
            })
          }
        >
          {wallTimeAt(quarterOf(alternative.scheduledStart), view.site.timeZone)}
          {elsewhereWords(alternative)}
        </Button>
      ))}
    </div>
  );
}

/**
 * A fixed room or piece of equipment is a preference, not a condition: an alternative may name another one, which is then
 * asked for.
 */
function fixedBy(draft: BookingDraft, alternative: AlternativeView): FixedResource | null {
  if (!draft.fixed) return null;
  const { kind } = draft.fixed;
  const resourceId = kind === 'room' ? alternative.roomId : alternative.equipmentId;
  return resourceId === null ? null : { kind, resourceId };
}
