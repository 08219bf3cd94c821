import type { AnyContractProcedure } from '@orpc/contract';

import { routes } from '../../core/contract/routes.ts';
import { access, groupsForDesks, type Access } from './access.ts';

export interface Route {
  /** `calendar.day`, as the contract names it. */
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below `/api`, parameters in braces: `/sites/{siteId}/days/{date}`. */
  readonly path: string;
  readonly access: Access;
  /** The route also takes the token of a paired desk. */
  readonly forDesks: boolean;
  /** The route takes a command: the permissions of the person whom the command names count, not the sender's. */
  readonly isCommand: boolean;
  readonly contract: AnyContractProcedure;
  /** Answers with an event stream, which has no end of its own. */
  readonly streams: boolean;
}

function methodOf(name: string, method: string | undefined): Route['method'] {
  if (method !== 'GET' && method !== 'POST' && method !== 'DELETE')
    throw new Error(`route ${name} has no known method`);
  return method;
}

/** Every route of the contract with its access: the server serves them, and tests walk them. */
export function listRoutes(): Route[] {
  return Object.entries(routes).flatMap(([group, members]) =>
    Object.entries(members as Record<string, AnyContractProcedure>).map(([member, contract]) => {
      const name = `${group}.${member}`;
      const { method, path } = contract['~orpc'].route;
      const accessOfGroup = access[group as keyof typeof access] as Readonly<Record<string, Access>>;
      const required = accessOfGroup[member];
      if (path === undefined || required === undefined) throw new Error(`route ${name} has no path or no access`);
      return {
        name,
        method: methodOf(name, method),
        path,
        access: required,
        forDesks: groupsForDesks.includes(group as keyof typeof access),
        isCommand: group === 'commands',
        contract,
        streams: name === 'calendar.pokes',
      };
    }),
  );
}
