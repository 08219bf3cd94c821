import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import { Mark } from '../ui/Mark.tsx';
import { useSignOut } from './use-sign-out.ts';

/** The only screen of an account that may not see the calendar, such as the kiosk's. Strangers stand before it. */
export function AskAtTheDesk() {
  const { t } = useTranslation();
  const signOut = useSignOut();
  return (
    <main className="grid h-full place-content-center justify-items-center gap-4 p-8 text-center">
      <Mark size={48} />
      <h1 className="text-[2rem] leading-tight font-semibold">{t('askAtTheDesk.title')}</h1>
      <p className="max-w-md text-soft">{t('askAtTheDesk.detail')}</p>
      <Button className="button button-quiet mt-8" onPress={signOut}>
        {t('frame.signOut')}
      </Button>
    </main>
  );
}
