import { expect, it } from 'vitest';

import { longAnswerChanges, maxNewsChanges, maxPulledChanges } from '../../../../core/domain/sync/feed-limits.ts';

it('a desk never takes the news of a poke for an answer that was cut short', () => {
  expect(maxNewsChanges).toBeLessThan(longAnswerChanges);
});

it('a desk always takes an answer that was cut short for one', () => {
  expect(maxPulledChanges).toBeGreaterThanOrEqual(longAnswerChanges);
});
