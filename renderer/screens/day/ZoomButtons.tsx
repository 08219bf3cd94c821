import { ZoomIn, ZoomOut } from 'lucide-react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import { zoomed, type Zoom } from './day-settings.ts';

interface ZoomButtonsProps {
  readonly zoom: Zoom;
  readonly onZoom: (step: 1 | -1) => void;
}

export function ZoomButtons({ zoom, onZoom }: ZoomButtonsProps) {
  const { t } = useTranslation();
  return (
    <div role="group" aria-label={t('calendar.zoom')} className="flex">
      <Button
        className="button button-quiet button-step"
        aria-label={t('calendar.zoomOut')}
        isDisabled={zoomed(zoom, -1) === zoom}
        onPress={() => onZoom(-1)}
      >
        <ZoomOut aria-hidden size={15} />
      </Button>
      <Button
        className="button button-quiet button-step"
        aria-label={t('calendar.zoomIn')}
        isDisabled={zoomed(zoom, 1) === zoom}
        onPress={() => onZoom(1)}
      >
        <ZoomIn aria-hidden size={15} />
      </Button>
    </div>
  );
}
