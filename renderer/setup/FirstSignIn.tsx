import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import type { Credentials } from '../../core/contract/session.ts';
import { Mark } from '../ui/Mark.tsx';
import { keepFirstSignIn } from './first-sign-in.ts';

/** The first user of a new clinic. The password is shown this once. */
export function FirstSignIn({ credentials }: { readonly credentials: Credentials }) {
  const { t } = useTranslation();
  return (
    <main className="grid h-full place-items-center overflow-auto p-6">
      <div className="w-96 max-w-full">
        <p className="mb-6 flex items-center gap-2 text-[0.9375rem] font-semibold">
          <Mark size={24} /> Holdfast
        </p>
        <h1 className="mb-1 text-[1.25rem] leading-7 font-semibold">{t('setup.firstSignIn')}</h1>
        <p className="text-soft">{t('setup.firstSignInDetail')}</p>
        <dl className="setup-credentials">
          <dt>{t('signIn.username')}</dt>
          <dd>{credentials.username}</dd>
          <dt>{t('signIn.password')}</dt>
          <dd>{credentials.password}</dd>
        </dl>
        <Button autoFocus className="button button-solid mt-4" onPress={() => keepFirstSignIn(null)}>
          {t('setup.goOn')}
        </Button>
      </div>
    </main>
  );
}
