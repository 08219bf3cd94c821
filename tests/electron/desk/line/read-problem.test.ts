import { expect, test } from 'vitest';

import { readProblem, readRetryAfter } from '../../../../electron/desk/line/read-problem.ts';
import { aProblem } from '../../stand-in-server.ts';

test('a problem of the contract is read as it was written', () => {
  const problem = aProblem('refused', { reason: 'in-the-past' });
  expect(readProblem(JSON.stringify(problem))).toEqual(problem);
});

test.each([
  ['a page of a proxy', '<html>502</html>'],
  ['JSON that is no problem', '[1]'],
  ['a code that the contract does not know', JSON.stringify({ ...aProblem('busy'), code: 'toString' })],
  ["a desk's own code", JSON.stringify({ ...aProblem('busy'), code: 'unreachable', status: 504 })],
  ['a status that is not that of its code', JSON.stringify({ ...aProblem('busy'), status: 500 })],
  ['a conflict without what it promises', JSON.stringify(aProblem('conflict', { blockers: [] }))],
])('%s is no problem of ours', (_title, body) => {
  expect(readProblem(body)).toBeNull();
});

test.each([
  ['3', 3_000],
  [' 0 ', 0],
  ['Wed, 21 Oct 2026 07:28:00 GMT', null],
  ['-1', null],
  ['1e9', null],
])('Retry-After %j is %j milliseconds', (header, expected) => {
  expect(readRetryAfter(new Headers({ 'retry-after': header }))).toBe(expected);
});

test('without Retry-After the desk chooses the wait', () => {
  expect(readRetryAfter(new Headers())).toBeNull();
});
