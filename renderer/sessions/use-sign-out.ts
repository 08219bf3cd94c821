import { useMutation } from '@tanstack/react-query';

import { ask } from '../api/desk.ts';
import { forgetPerson } from '../commands/forget-person.ts';

/**
 * Returns the function that signs the person out here, also where the server does not hear of it: the token ends by itself.
 */
export function useSignOut(): () => void {
  const { mutate } = useMutation({ mutationFn: () => ask('signOut', {}), onSettled: forgetPerson });
  return () => mutate();
}
