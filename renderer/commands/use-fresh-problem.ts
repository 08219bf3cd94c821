import { useQuery } from '@tanstack/react-query';

import type { Problem } from '../../core/contract/problem.ts';
import { ask } from '../api/desk.ts';
import { useDeskStatus } from '../api/status.ts';
import type { Clash } from './clash-store.ts';

export interface FreshProblem {
  readonly problem: Problem;
  /** looking: it is being asked for · fresh: as it now is · old: as it was when the command was refused. */
  readonly freshness: 'looking' | 'fresh' | 'old';
}

/** What the server says of a refusal now: the verdict stays, what is free has changed. */
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
  // Without the server the desk repeats what it was told then.
  if (isError || connection === 'offline' || data?.kind !== 'refused') return { problem, freshness: 'old' };
  return { problem: data.problem, freshness: 'fresh' };
}
