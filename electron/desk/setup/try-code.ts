import { ok, refused, type Result } from '../../../core/domain/terms.ts';
import { replyOf } from '../line/reply.ts';
import { openServerClient } from '../line/server-client.ts';
import { ownName } from '../pairing/pair-desk.ts';

/**
 * What a server knows this desk by. With `deskToken` the desk pulls, and pushes the commands of all its people, signed in or
 * not.
 */
export interface Pairing {
  readonly deskId: string;
  readonly deskToken: string;
  readonly orgId: string;
  readonly organizationName: string;
  readonly isDemo: boolean;
}

const timeLimitMs = 15_000;

/** Shows the server a one-time code, which is used up by that. Refuses with a sentence for the person. */
export async function tryCode(serverUrl: string, code: string, deskId: string): Promise<Result<Pairing, string>> {
  const client = openServerClient({ serverUrl, timeLimitMs, closing: new AbortController().signal });
  const request = { code, deskId, name: ownName() };
  const reply = await replyOf(client.desks.pair(request, { context: { token: null } }));
  if (reply.kind === 'answer') return ok({ deskId, ...reply.value });
  if (reply.kind === 'unreachable') return refused('The server did not answer. Test again; the code is still good.');
  if (reply.kind === 'unintelligible') return refused('The answer could not be understood: update desk and server.');
  switch (reply.problem.code) {
    case 'unauthenticated':
      return refused(
        'This code does not open the server: it is mistyped, was used, or is older than ten minutes. An administrator gets a new one in Holdfast, by "Add a desk…" in the account menu.',
      );
    case 'too-many-requests':
      return refused('Too many codes were tried. Wait a minute, then ask for a new one.');
    default:
      return refused(`${reply.problem.title}. ${reply.problem.detail}`);
  }
}
