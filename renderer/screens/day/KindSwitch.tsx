import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import { resourceKinds, type ResourceKind } from '../../../core/domain/terms.ts';

interface KindSwitchProps {
  readonly kind: ResourceKind;
  readonly onKind: (kind: ResourceKind) => void;
}

/** Chooses what a column stands for: a provider, a room or a piece of equipment. */
export function KindSwitch({ kind, onKind }: KindSwitchProps) {
  const { t } = useTranslation();
  return (
    <ToggleButtonGroup
      aria-label={t('calendar.columnsBy')}
      className="segmented"
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[kind]}
      onSelectionChange={(keys) => {
        const next = resourceKinds.find((known) => keys.has(known));
        if (next) onKind(next);
      }}
    >
      {resourceKinds.map((known) => (
        <ToggleButton key={known} id={known} className="segment">
          {t(`calendar.kindNames.${known}`)}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
