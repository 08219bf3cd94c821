import { useQuery } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import { sessionQuery } from '../api/queries.ts';
import { sessionOf, type Session } from './session.ts';
import { SignIn } from './SignIn.tsx';

/** The sign-in screen, or what is behind it. */
export function SessionGate({ children }: { readonly children: (session: Session) => ReactNode }) {
  const { t } = useTranslation();
  const { data, isError, refetch } = useQuery(sessionQuery);
  const session = useMemo(() => (data?.person ? sessionOf(data.person, data.deskId) : null), [data]);
  if (session) return children(session);
  if (data) return <SignIn />;
  return (
    <main className="grid h-full place-content-center justify-items-center gap-3 p-8 text-center">
      {isError ? (
        <>
          <p role="alert">{t('signIn.startFailed')}</p>
          <Button className="button" onPress={() => void refetch()}>
            {t('signIn.again')}
          </Button>
        </>
      ) : null}
    </main>
  );
}
