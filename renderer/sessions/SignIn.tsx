import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button, Form, Input, Label, TextField } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import type { Credentials } from '../../core/contract/session.ts';
import { readSignInName } from '../../core/domain/people/sign-in.ts';
import { ask, problemOf } from '../api/desk.ts';
import { daysKey, outboxKey, sessionQuery, waitlistsKey } from '../api/queries.ts';
import { forgetPerson, wasSeenByAnother } from '../commands/forget-person.ts';
import { Mark } from '../ui/Mark.tsx';

type Reason = 'wrong' | 'wrongOrNoHandle' | 'tooMany' | 'unreachable' | 'failed';

/** `lacksHandle`: neither the person nor the desk said which organization is meant. */
function reasonOf(error: unknown, lacksHandle: boolean): Reason {
  switch (problemOf(error)?.code) {
    case 'unauthenticated':
    case 'invalid-input':
      return lacksHandle ? 'wrongOrNoHandle' : 'wrong';
    case 'too-many-requests':
      return 'tooMany';
    case 'unreachable':
    case 'timeout':
    case 'busy':
      return 'unreachable';
    default:
      return 'failed';
  }
}

export function SignIn() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const isPaired = useQuery(sessionQuery).data?.isPaired === true;
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useMutation({
    mutationFn: (credentials: Credentials) => ask('signIn', credentials),
    onSuccess: (person) => {
      // The session had ended by itself, and somebody else signs in.
      if (wasSeenByAnother(person.userId)) return forgetPerson();
      // The person before may have been allowed to see more.
      client.removeQueries({ queryKey: daysKey });
      client.removeQueries({ queryKey: ['patients'] });
      client.removeQueries({ queryKey: waitlistsKey });
      client.removeQueries({ queryKey: outboxKey });
      client.setQueryData(sessionQuery.queryKey, (session) => session && { ...session, person });
    },
  });
  const lacksHandle = !isPaired && readSignInName(signIn.variables?.username ?? '').handle === null;
  const isIncomplete = username.trim() === '' || password === '';
  return (
    <main className="grid h-full place-items-center overflow-auto p-6">
      <div className="w-80 max-w-full">
        <p className="mb-6 flex items-center gap-2 text-[0.9375rem] font-semibold">
          <Mark size={24} /> Holdfast
        </p>
        <h1 className="mb-4 text-[1.25rem] leading-7 font-semibold">{t('signIn.title')}</h1>
        <Form
          className="grid gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            if (!isIncomplete) signIn.mutate({ username, password });
          }}
        >
          <TextField
            value={username}
            onChange={setUsername}
            autoComplete="username"
            autoFocus
            isRequired
            name="username"
          >
            <Label className="label">{t('signIn.username')}</Label>
            <Input className="field" autoCapitalize="none" spellCheck={false} />
          </TextField>
          <TextField
            value={password}
            onChange={setPassword}
            type="password"
            autoComplete="current-password"
            isRequired
            name="password"
          >
            <Label className="label">{t('signIn.password')}</Label>
            <Input className="field" />
          </TextField>
          <div role="alert" className="text-grid text-alarm empty:hidden">
            {signIn.isError ? t(`signIn.${reasonOf(signIn.error, lacksHandle)}`) : null}
          </div>
          <Button
            type="submit"
            className="button button-solid mt-1 min-h-9"
            isDisabled={isIncomplete || signIn.isPending}
          >
            {signIn.isPending ? t('signIn.submitting') : t('signIn.submit')}
          </Button>
        </Form>
      </div>
    </main>
  );
}
