import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';

import { sessionKey } from '../api/queries.ts';
import { Mark } from '../ui/Mark.tsx';
import { keepFirstSignIn } from './first-sign-in.ts';
import { SetupForm } from './SetupForm.tsx';

/** The first screen of a new desk, which asks where the data is. */
export function FirstRun() {
  const { t } = useTranslation();
  const client = useQueryClient();
  return (
    <main className="h-full overflow-auto p-6">
      <div className="mx-auto w-[30rem] max-w-full py-[min(3vh,48px)]">
        <p className="mb-6 flex items-center gap-2 text-[0.9375rem] font-semibold">
          <Mark size={24} /> Holdfast
        </p>
        <h1 className="text-[1.25rem] leading-7 font-semibold">{t('setup.title')}</h1>
        <p className="mt-1 mb-5 text-soft">{t('setup.detail')}</p>
        <SetupForm
          onCancel={null}
          onApplied={({ firstSignIn }) => {
            keepFirstSignIn(firstSignIn);
            void client.invalidateQueries({ queryKey: sessionKey });
          }}
        />
      </div>
    </main>
  );
}
