import { expect, test } from 'vitest';

import { actorKinds } from '../../../../core/domain/people/actors.ts';
import { channelOf, channels } from '../../../../core/domain/people/channels.ts';

test.each([
  ['person', true, 'desk'],
  ['person', false, 'api'],
  ['job', false, 'job'],
  ['patient', false, 'link'],
  ['kiosk', false, 'kiosk'],
  ['public-page', false, 'online'],
] as const)('a command of the actor %s, at a paired desk: %s, comes by the channel %s', (kind, atDesk, channel) => {
  expect(channelOf(kind, atDesk)).toBe(channel);
});

test('every kind of actor has a channel, and none the channel of a statement from outside the server', () => {
  const reached = actorKinds.flatMap((kind) => [channelOf(kind, true), channelOf(kind, false)]);
  expect(channels).toEqual(expect.arrayContaining(reached));
  expect(reached).not.toContain('sql');
});
