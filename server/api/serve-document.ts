import type { FastifyInstance } from 'fastify';

import { docsPage } from '../pages/docs-page.ts';
import { makeOpenApiDocument } from './openapi-document.ts';

const revalidated = 'no-cache';

/** The API's description, for machines at `/api/openapi.json` and for people at `/api/docs`. Anyone may read it. */
export async function serveDocument(app: FastifyInstance): Promise<void> {
  const document = await makeOpenApiDocument();
  const json = JSON.stringify(document);
  const html = docsPage(document);
  app.get('/api/openapi.json', (_request, reply) =>
    reply.header('cache-control', revalidated).type('application/json').send(json),
  );
  app.get('/api/docs', (_request, reply) =>
    reply
      .header('cache-control', revalidated)
      .header(
        'content-security-policy',
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
      )
      .type('text/html; charset=utf-8')
      .send(html),
  );
}
