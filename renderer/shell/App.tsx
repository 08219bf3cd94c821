import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect } from 'react';
import { I18nProvider } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Toaster } from 'sonner';

import { queryClient } from '../api/queries.ts';
import { notifyRestarted } from '../commands/notify.ts';
import { locale } from '../i18n/locale.ts';
import { useThemeChoice } from '../theme/theme-choice.ts';
import { Announcer } from '../ui/announcer.tsx';
import { DemoBanner } from './DemoBanner.tsx';
import { Frame } from './Frame.tsx';
import { SessionGate } from './SessionGate.tsx';

export function App() {
  const { t } = useTranslation();
  const theme = useThemeChoice();
  useEffect(notifyRestarted, []);
  return (
    <I18nProvider locale={locale}>
      <QueryClientProvider client={queryClient}>
        <div className="flex h-full flex-col">
          <DemoBanner />
          <div className="min-h-0 flex-1">
            <SessionGate>{(session) => <Frame key={session.person.userId} session={session} />}</SessionGate>
          </div>
        </div>
        <Announcer />
        <Toaster theme={theme} position="bottom-right" offset={16} closeButton containerAriaLabel={t('frame.toasts')} />
      </QueryClientProvider>
    </I18nProvider>
  );
}
