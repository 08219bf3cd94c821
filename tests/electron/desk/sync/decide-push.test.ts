import { expect, test } from 'vitest';

import { problems } from '../../../../core/contract/problem.ts';
import type { ProblemCode } from '../../../../core/primitives/problem-codes.ts';
import { backOffMs } from '../../../../electron/desk/environment/back-off.ts';
import { decidePush } from '../../../../electron/desk/sync/decide-push.ts';
import { aProblem } from '../../stand-in-server.ts';

const doubtful: Partial<Record<ProblemCode, string>> = {
  unauthenticated: 'signed-out',
  timeout: 'pause',
  'too-many-requests': 'pause',
  busy: 'pause',
  internal: 'set-aside',
  'protocol-mismatch': 'set-aside',
};

test.each(Object.keys(problems) as ProblemCode[])('only a verdict on the command decides it: %s', (code) => {
  const result = decidePush({ kind: 'problem', problem: aProblem(code), retryAfterMs: null });
  expect(result.kind).toBe(doubtful[code] ?? 'decided');
});

test('the wait that a server asks for is kept', () => {
  const result = decidePush({ kind: 'problem', problem: aProblem('busy'), retryAfterMs: 3_000 });
  expect(result).toEqual({ kind: 'pause', afterMs: 3_000 });
});

test('silence and broken answers leave a command in doubt', () => {
  expect(decidePush({ kind: 'unreachable' }).kind).toBe('pause');
  expect(decidePush({ kind: 'unintelligible' }).kind).toBe('set-aside');
});

test('a wait is between half and the whole of its step, and never longer than the limit', () => {
  const step = { firstMs: 100, maxMs: 1_000 };
  expect([0, 1, 2, 3, 4, 1_000].map((attempt) => backOffMs(step, attempt, 1))).toEqual([
    100, 200, 400, 800, 1_000, 1_000,
  ]);
  expect([0, 3, 1_000].map((attempt) => backOffMs(step, attempt, 0))).toEqual([50, 400, 500]);
});
