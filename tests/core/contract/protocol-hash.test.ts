import { createHash } from 'node:crypto';

import { getEventIteratorSchemaDetails, isContractProcedure } from '@orpc/contract';
import { expect, test } from 'vitest';
import { z } from 'zod';

import { problems } from '../../../core/contract/problem.ts';
import { routes } from '../../../core/contract/routes.ts';
import { protocol } from '../../../core/primitives/protocol.ts';

const snapshot = `wire-schemas.protocol-${protocol}.txt`;

const whatToDo = `
What travels between desk and server is not what ${snapshot} says.
Desks of the last 180 days still send the old form. So either
  - raise \`protocol\` in core/primitives/protocol.ts, and keep reading the old form by an upcaster; or
  - where old and new peers understand one another (or nothing was released yet), keep the number;
then run   npx vitest run --project unit tests/core/contract/protocol-hash.test.ts -u   and commit the file.
`;

function requireZod(schema: unknown): z.ZodType {
  if (!(schema instanceof z.ZodType)) throw new TypeError('a wire schema that is not zod cannot be hashed');
  return schema;
}

/** One line for each schema, so that a difference names the changed schema. Descriptions do not travel, and are left out. */
function lineOf(name: string, schema: unknown, io: 'input' | 'output'): string {
  const override = ({ jsonSchema }: { jsonSchema: { description?: string; examples?: unknown[] } }) => {
    delete jsonSchema.description;
    delete jsonSchema.examples;
  };
  const json = JSON.stringify(z.toJSONSchema(requireZod(schema), { io, override }));
  return `${createHash('sha256').update(json).digest('hex').slice(0, 16)}  ${name}`;
}

function linesOf(contract: object): string[] {
  return Object.values(contract).flatMap((member: object) => {
    if (!isContractProcedure(member)) return linesOf(member);
    const { route, inputSchema, outputSchema } = member['~orpc'];
    const name = `${route.method} ${route.path}`;
    const output = getEventIteratorSchemaDetails(outputSchema)?.yields ?? outputSchema;
    return [
      ...(inputSchema ? [lineOf(`${name} request`, inputSchema, 'input')] : []),
      lineOf(`${name} response`, output, 'output'),
    ];
  });
}

test('what travels between desk and server changes only with the protocol number', async () => {
  const lines = [
    ...linesOf(routes),
    ...Object.entries(problems).map(([code, { status, data }]) => lineOf(`${status} problem ${code}`, data, 'output')),
  ];
  expect(lines.length).toBeGreaterThan(20);
  await expect(`${lines.join('\n')}\n`, whatToDo).toMatchFileSnapshot(snapshot);
});
