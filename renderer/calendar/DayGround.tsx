import { memo, type CSSProperties } from 'react';

import type { Column } from '../visits/columns.ts';
import type { DayScale } from '../words/day-scale.ts';
import { layersOf } from './ground-layers.ts';

/**
 * The background below the cards of all columns: closed hours, quarter lines, and the forbidden places while a visit is
 * carried. The background is a layer of its own, so hatching it does not draw a thousand cards again.
 */
export const DayGround = memo(function DayGround({
  columns,
  scale,
}: {
  readonly columns: readonly Column[];
  readonly scale: DayScale;
}) {
  return (
    <div className="day-ground" aria-hidden>
      {columns.map(({ resource, closed }) => (
        <div
          key={resource.resourceId}
          data-ground={resource.resourceId}
          style={{ '--closed-hours': layersOf('closed', closed, scale) } as CSSProperties}
        />
      ))}
    </div>
  );
});
