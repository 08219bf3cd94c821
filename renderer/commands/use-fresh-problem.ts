import { useQuery } from '@tanstack/react-query';

import type { Problem } from '../../core/contract/problem.ts';
import { ask } from '../api/desk.ts';
import { useDeskStatus } from '../api/status.ts';
import type { Clash } from './clash-store.ts';

export interface FreshProblem {
  readonly problem: Problem;
  /** looking: being asked for · fresh: as of now · old: as of the refusal. */
  readonly freshness: 'looking' | 'fresh' | 'old';
}

/** The server's present words on a refusal. The verdict stays, while the free times have changed. */
export function useFreshProblem({ entry, problem, isLate }: Clash): FreshProblem {
  const { connection } = useDeskStatus();
  const { commandId } = entry.typed.command;
  const { data, isFetching, isError } = useQuery({
    queryKey: ['refusal', commandId],
    queryFn: () => ask('explainRefusal', { commandId }),
    enabled: isLate && problem.code === 'conflict',
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
  if (!isLate || problem.code !== 'conflict') return { problem, freshness: 'fresh' };
  if (isFetching) return { problem, freshness: 'looking' };
  // Without the server the desk repeats the old answer.
  if (isError || connection === 'offline' || data?.kind !== 'refused') return { problem, freshness: 'old' };
  return { problem: data.problem, freshness: 'fresh' };
}
