import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, it } from 'vitest';

import { problems } from '../../../core/contract/problem.ts';
import { makeOpenApiDocument } from '../../../server/api/openapi-document.ts';
import { listRoutes } from '../../../server/api/route-list.ts';
import { docsPage } from '../../../server/pages/docs-page.ts';

/** The document as it goes over the wire. */
const document = JSON.parse(JSON.stringify(await makeOpenApiDocument())) as Awaited<
  ReturnType<typeof makeOpenApiDocument>
>;
const operations = listRoutes().map((route) => {
  const operation = document.paths?.[route.path]?.[route.method.toLowerCase() as 'get'];
  return { route, operation };
});

it('is valid OpenAPI 3.1', async () => {
  const validator = new Validator();
  const result = await validator.validate(document);
  expect(result.errors).toBeUndefined();
  expect(result.valid).toBe(true);
  expect(validator.version).toBe('3.1');
});

it('has every route of the contract, under its own id, and says who may use it', () => {
  for (const { route, operation } of operations) {
    expect(operation?.operationId).toBe(route.name);
    expect(operation?.security).toEqual(route.access === 'anyone' ? [] : undefined);
  }
  expect(document.security).toEqual([{ session: [] }]);
  expect(document.components?.securitySchemes).toMatchObject({ session: { type: 'http', scheme: 'bearer' } });
});

it('promises a problem document for every status, with the code and the data of each kind', () => {
  const schemas = document.components?.schemas as Record<string, { properties: Record<string, { const?: unknown }> }>;
  for (const { operation } of operations) {
    const promised = Object.entries(operation?.responses ?? {}).filter(([status]) => Number(status) >= 400);
    const codes = promised.flatMap(([status, response]) => {
      const content = (
        response as { content: Record<string, { schema: { $ref?: string; oneOf?: { $ref: string }[] } }> }
      ).content;
      expect(Object.keys(content)).toEqual(['application/problem+json']);
      const schema = content['application/problem+json']?.schema;
      return (schema?.oneOf ?? [{ $ref: schema?.$ref ?? '' }]).map(({ $ref }) => {
        const kind = schemas[$ref.replace('#/components/schemas/', '')];
        expect(String(kind?.properties['status']?.const)).toBe(status);
        return kind?.properties['code']?.const;
      });
    });
    expect(codes.map(String).toSorted()).toEqual(Object.keys(problems).toSorted());
  }
  expect(JSON.stringify(schemas['Problem-conflict'])).toContain('Conflict');
  expect(schemas['Conflict']?.properties).toHaveProperty('alternatives');
});

it("shows the pattern that admits scheduledStart's 15-minute boundaries alone", () => {
  const book = JSON.stringify(document.paths?.['/commands/book']?.post?.requestBody);
  const pattern = /"scheduledStart":\{"type":"string","pattern":("(?:[^"\\]|\\.)*")/.exec(book)?.[1];
  const expression = new RegExp(JSON.parse(pattern ?? 'null') as string);
  expect('2031-03-03T08:15:00+01:00').toMatch(expression);
  expect('2031-03-03T08:23:00+01:00').not.toMatch(expression);
});

it('has a page for people that needs no script and nothing from another host', () => {
  const page = docsPage(document);
  for (const { route } of operations) expect(page).toContain(`id="${route.name}"`);
  expect(page).not.toMatch(/<script|<link|<img|@import|url\(|src=/);
  expect(page).toContain('href="#schema-Problem-conflict"');
});
