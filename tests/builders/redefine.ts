import type postgres from 'postgres';
import { expect } from 'vitest';

/**
 * The statement that defines a function anew with some pieces of its text exchanged. Fails the test when a piece is missing
 * from the text: a mutation that changes nothing would prove nothing.
 */
export async function redefinition(
  owner: postgres.Sql,
  functionName: string,
  ...exchanges: readonly (readonly [piece: string, instead: string])[]
): Promise<string> {
  const [row] = await owner<{ definition: string }[]>`
    select pg_get_functiondef(oid) as definition from pg_proc where proname = ${functionName}`;
  return exchanges.reduce((definition, [piece, instead]) => {
    expect(definition, `${functionName} no longer contains ${piece}`).toContain(piece);
    return definition.replace(piece, instead);
  }, row?.definition ?? '');
}
