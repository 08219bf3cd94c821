import { useMutation } from '@tanstack/react-query';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import { ask } from '../api/desk.ts';
import { forgetPerson } from '../commands/forget-person.ts';
import { Mark } from '../ui/Mark.tsx';

/** For an account that may not see the calendar, such as the kiosk's: whoever stands before this screen is a stranger. */
export function AskAtTheDesk() {
  const { t } = useTranslation();
  const signOut = useMutation({ mutationFn: () => ask('signOut', {}), onSettled: forgetPerson });
  return (
    <main className="grid h-full place-content-center justify-items-center gap-4 p-8 text-center">
      <Mark size={48} />
      <h1 className="text-[2rem] leading-tight font-semibold">{t('askAtTheDesk.title')}</h1>
      <p className="max-w-md text-soft">{t('askAtTheDesk.detail')}</p>
      <Button className="button button-quiet mt-8" onPress={() => signOut.mutate()}>
        {t('frame.signOut')}
      </Button>
    </main>
  );
}
