import type { Problem } from './problem.ts';

/** A problem without patients' names, for a person who may not see patients. */
export function withoutPatients(problem: Problem): Problem {
  if (problem.code !== 'conflict') return problem;
  const blockers = problem.data.blockers.map((blocker) =>
    'patientName' in blocker ? { ...blocker, patientName: null } : blocker,
  );
  return { ...problem, data: { ...problem.data, blockers } };
}
