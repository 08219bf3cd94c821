import { useMutation } from '@tanstack/react-query';

import type { SetupApplied, SetupTest } from '../../core/contract/desk/setup.ts';
import type { DeskProblem } from '../../core/contract/problem.ts';
import { ask, problemOf } from '../api/desk.ts';
import { choiceOf, type SetupDraft } from './setup-draft.ts';

export interface SetupWork {
  readonly stage: 'idle' | 'testing' | 'applying';
  readonly found: SetupTest | null;
  /** The desk's objections, by field of the choice. */
  readonly faults: Readonly<Record<string, string>>;
  /** The reason why the desk failed, where no single field is at fault. */
  readonly problem: DeskProblem | 'no-answer' | null;
  readonly test: (draft: SetupDraft) => void;
  /** Tests the choice, and stores it where every check passes. */
  readonly use: (draft: SetupDraft) => void;
  /** Drops the results, because the fields have changed since the test. */
  readonly forget: () => void;
}

export function useSetup(onApplied: (applied: SetupApplied) => void): SetupWork {
  const testing = useMutation({ mutationFn: (draft: SetupDraft) => ask('testSetup', choiceOf(draft)) });
  const applying = useMutation({
    mutationFn: (draft: SetupDraft) => ask('applySetup', choiceOf(draft)),
    onSuccess: onApplied,
  });
  const error = testing.error ?? applying.error;
  const problem = error && (problemOf(error) ?? 'no-answer');
  const issues = problem && problem !== 'no-answer' && problem.code === 'invalid-input' ? problem.data.issues : [];
  return {
    stage: testing.isPending ? 'testing' : applying.isPending ? 'applying' : 'idle',
    found: testing.data ?? null,
    faults: Object.fromEntries(issues.map(({ path, message }) => [path, message])),
    problem: issues.length > 0 ? null : problem,
    test(draft) {
      applying.reset();
      testing.mutate(draft);
    },
    use(draft) {
      applying.reset();
      testing.mutate(draft, {
        onSuccess: ({ ok }) => {
          if (ok) applying.mutate(draft);
        },
      });
    },
    forget() {
      testing.reset();
      applying.reset();
    },
  };
}
