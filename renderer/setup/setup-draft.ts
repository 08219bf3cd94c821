import type { DeskInput } from '../../core/contract/desk/calls.ts';

/** The choice as the desk takes it: typed text, not yet parsed. */
export type ChoiceInput = DeskInput<'testSetup'>;
export type ChoiceKind = ChoiceInput['kind'];

/** All typed text, whichever choice is selected: a change of mind loses nothing. */
export interface SetupDraft {
  readonly kind: ChoiceKind;
  readonly serverUrl: string;
  readonly code: string;
  readonly databaseUrl: string;
  readonly adminDatabaseUrl: string;
  readonly demo: boolean;
}

export const emptyDraft: SetupDraft = {
  kind: 'connect',
  serverUrl: '',
  code: '',
  databaseUrl: '',
  adminDatabaseUrl: '',
  demo: false,
};

/** `desk.example.org` means https; a person who means another scheme types it. */
function withScheme(url: string): string {
  const typed = url.trim();
  return typed === '' || /^[a-z]+:\/\//i.test(typed) ? typed : `https://${typed}`;
}

export function choiceOf(draft: SetupDraft): ChoiceInput {
  switch (draft.kind) {
    case 'connect':
      return { kind: 'connect', serverUrl: withScheme(draft.serverUrl), code: draft.code };
    case 'host-embedded':
      return { kind: 'host-embedded', demo: draft.demo };
    case 'host-central':
      return {
        kind: 'host-central',
        databaseUrl: draft.databaseUrl.trim(),
        adminDatabaseUrl: draft.adminDatabaseUrl.trim(),
      };
  }
}

/** Whether no field of the choice is empty. The desk tests whether the fields are right. */
export function isComplete(draft: SetupDraft): boolean {
  return Object.values(choiceOf(draft)).every((value) => typeof value === 'boolean' || value.trim() !== '');
}
