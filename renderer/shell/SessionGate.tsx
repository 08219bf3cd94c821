import { useQuery } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import { sessionQuery } from '../api/queries.ts';
import { sessionOf, type Session } from '../commands/session.ts';
import { AskAtTheDesk } from '../sessions/AskAtTheDesk.tsx';
import { SignIn } from '../sessions/SignIn.tsx';
import { useFirstSignIn } from '../setup/first-sign-in.ts';
import { FirstRun } from '../setup/FirstRun.tsx';
import { FirstSignIn } from '../setup/FirstSignIn.tsx';

/** Shows the first-run screen, the sign-in screen, or the children once a person is signed in. */
export function SessionGate({ children }: { readonly children: (session: Session) => ReactNode }) {
  const { t } = useTranslation();
  const { data, isError, refetch } = useQuery(sessionQuery);
  const firstSignIn = useFirstSignIn();
  const session = useMemo(() => (data?.person ? sessionOf(data.person, data.deskId) : null), [data]);
  if (firstSignIn) return <FirstSignIn credentials={firstSignIn} />;
  if (session && !session.person.permissions.includes('read-calendar')) return <AskAtTheDesk />;
  if (session) return children(session);
  if (data) return data.setUp ? <SignIn /> : <FirstRun />;
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
