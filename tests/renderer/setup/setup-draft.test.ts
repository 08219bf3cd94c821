import { expect, test } from 'vitest';

import { setupChoice } from '../../../core/contract/desk/setup.ts';
import { choiceOf, emptyDraft, isComplete } from '../../../renderer/setup/setup-draft.ts';

test('an address without a scheme means https, and an address with one stays as typed', () => {
  const typed = { ...emptyDraft, serverUrl: ' desk.example.org ', code: 'Nordstern-k7qm2xra' };
  expect(setupChoice.parse(choiceOf(typed))).toEqual({
    kind: 'connect',
    serverUrl: 'https://desk.example.org',
    code: 'nordstern-K7QM-2XRA',
  });
  expect(choiceOf({ ...typed, serverUrl: 'http://10.0.0.5:7300' })).toMatchObject({
    serverUrl: 'http://10.0.0.5:7300',
  });
});

test('is complete as soon as no field of the choice is empty', () => {
  expect(isComplete(emptyDraft)).toBe(false);
  expect(isComplete({ ...emptyDraft, serverUrl: 'desk.example.org', code: ' ' })).toBe(false);
  expect(isComplete({ ...emptyDraft, serverUrl: 'desk.example.org', code: 'nordstern-K7QM-2XRA' })).toBe(true);
  expect(isComplete({ ...emptyDraft, kind: 'host-embedded' })).toBe(true);
  expect(isComplete({ ...emptyDraft, kind: 'host-central', databaseUrl: 'postgres://a@b/c' })).toBe(false);
});
