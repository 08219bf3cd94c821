import { OpenAPIGenerator, type OpenAPI } from '@orpc/openapi';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';

import { appointment, patient } from '../../core/calendar/appointment.ts';
import { changes, dayView } from '../../core/calendar/calendar.ts';
import { conflict } from '../../core/calendar/conflict.ts';
import { outcome } from '../../core/commands/outcome.ts';
import { routes } from '../../core/contract/routes.ts';
import { person, session } from '../../core/contract/session.ts';
import { sessionHours } from '../../core/domain/people/sign-in.ts';
import { protocol } from '../../core/primitives/protocol.ts';
import { problemMediaType } from '../problems/problems.ts';
import { listRoutes } from './route-list.ts';

type ErrorDefinition = readonly [code: string, title: string, dataRequired: boolean, dataSchema: object | boolean];

const description = `Books, moves and checks in patients on a calendar that cannot double-book.

Sign in at \`POST /sessions\` and send its token as \`Authorization: Bearer …\`. A desk that was paired at \`POST /desks\`
sends its own token instead, where the description of a route says so. Every error is a problem document
(RFC 9457) with a stable \`code\`; \`data\` is what that code promises. A command that was not answered is sent again with
the same \`commandId\`: it has its first result, never a second booking. Times are RFC 3339 instants with offset, and
\`scheduledStart\` lies on a 15-minute boundary.`;

/** A desk that is being set up reads title and protocol, before it may ask anything else (electron/desk/setup). */
const info = { title: 'Holdfast', version: '1', description, 'x-protocol': protocol };

/** The contract as OpenAPI 3.1, made from the same schemas that parse the requests. */
export async function makeOpenApiDocument(): Promise<OpenAPI.Document> {
  const problemSchemas: Record<string, OpenAPI.SchemaObject> = {};
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  const document = await generator.generate(routes, {
    info,
    servers: [{ url: '/api' }],
    security: [{ session: [] }],
    components: {
      securitySchemes: {
        session: {
          type: 'http',
          scheme: 'bearer',
          description: `The token of POST /sessions, good for ${sessionHours} hours.`,
        },
      },
    },
    commonSchemas: {
      Appointment: { schema: appointment, strategy: 'output' },
      Patient: { schema: patient, strategy: 'output' },
      DayView: { schema: dayView, strategy: 'output' },
      Changes: { schema: changes, strategy: 'output' },
      Outcome: { schema: outcome, strategy: 'output' },
      Conflict: { schema: conflict, strategy: 'output' },
      Person: { schema: person, strategy: 'output' },
      Session: { schema: session, strategy: 'output' },
    },
    customErrorResponseBodySchema: (definitions, status) => {
      const names = definitions.map((definition) => {
        const name = `Problem-${definition[0]}`;
        problemSchemas[name] = problemSchema(definition, status);
        return name;
      });
      return { oneOf: names.map((name) => ({ $ref: `#/components/schemas/${name}` })) };
    },
  });
  const schemas = { ...document.components?.schemas, ...problemSchemas };
  return describeAccess(describeProblems({ ...document, components: { ...document.components, schemas } }));
}

function problemSchema([code, title, , data]: ErrorDefinition, status: number): OpenAPI.SchemaObject {
  return {
    type: 'object',
    title,
    properties: {
      type: { const: `https://holdfast.example/problems/${code}` },
      status: { const: status },
      title: { const: title },
      detail: { type: 'string', description: 'What to do about it' },
      code: { const: code },
      data: data === true ? {} : data,
    },
    required: ['type', 'status', 'title', 'detail', 'code', 'data'],
  } as OpenAPI.SchemaObject;
}

function operationsOf(document: OpenAPI.Document): OpenAPI.OperationObject[] {
  return listRoutes().flatMap(({ method, path }) => {
    const operation = document.paths?.[path]?.[method.toLowerCase() as 'get' | 'post' | 'delete'];
    return operation ? [operation] : [];
  });
}

/** The generator calls every body application/json and leaves descriptions to be the status. */
function describeProblems(document: OpenAPI.Document): OpenAPI.Document {
  for (const operation of operationsOf(document)) {
    for (const [status, response] of Object.entries(operation.responses ?? {})) {
      if (Number(status) < 400 || '$ref' in response) continue;
      const content = response.content?.['application/json'];
      if (content) response.content = { [problemMediaType]: content };
      response.description = `Problem document (RFC 9457), status ${status}`;
      if (status === '429' || status === '503') {
        response.headers = { 'Retry-After': { description: 'Seconds', schema: { type: 'integer' } } };
      }
    }
  }
  return document;
}

function describeAccess(document: OpenAPI.Document): OpenAPI.Document {
  for (const { method, path, access, forDesks } of listRoutes()) {
    const operation = document.paths?.[path]?.[method.toLowerCase() as 'get' | 'post' | 'delete'];
    if (!operation) continue;
    if (access === 'anyone') operation.security = [];
    else {
      const people = access === 'signed-in' ? 'For whoever is signed in.' : `Needs the permission \`${access}\`.`;
      operation.description = forDesks ? `${people} A paired desk's token does too.` : people;
    }
  }
  return document;
}
