import type { OpenAPI } from '@orpc/openapi';

const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h2 { margin-top: 2.5rem; } h3 { margin: 2rem 0 .25rem; font-size: 1.05rem; }
code, pre { font: .875rem/1.45 ui-monospace, monospace; }
pre { overflow: auto; max-height: 30rem; padding: .75rem; border: 1px solid color-mix(in srgb, currentcolor 20%, transparent); border-radius: .5rem; }
summary { cursor: pointer; } .method { display: inline-block; min-width: 4.5rem; font-weight: 700; } nav li { list-style: none; }
`;

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function details(summary: string, value: unknown): string {
  const json = escape(JSON.stringify(value, null, 2))
    // The name of a shared schema links to its section.
    .replaceAll(/#\/components\/schemas\/([\w-]+)/g, '<a href="#schema-$1">$1</a>');
  return `<details><summary>${escape(summary)}</summary><pre>${json}</pre></details>`;
}

function operationHtml(path: string, method: string, operation: OpenAPI.OperationObject): string {
  const responses = Object.entries(operation.responses ?? {})
    .map(([status, response]) =>
      details(`${status} ${'description' in response ? (response.description ?? '') : ''}`, response),
    )
    .join('');
  return `<section id="${escape(operation.operationId ?? path)}">
<h3><span class="method">${method.toUpperCase()}</span> <code>/api${escape(path)}</code></h3>
<p>${escape(operation.summary ?? '')}. ${escape(operation.description ?? 'Needs no session.')}</p>
${operation.parameters ? details('Parameters', operation.parameters) : ''}
${operation.requestBody ? details('Body', operation.requestBody) : ''}
${responses}</section>`;
}

/** An OpenAPI document as one HTML page, without scripts and without anything from another address. */
export function docsPage(document: OpenAPI.Document): string {
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    (['get', 'post', 'delete'] as const).flatMap((method) => {
      const operation = item?.[method];
      return operation ? [{ path, method, operation }] : [];
    }),
  );
  const contents = operations
    .map(
      ({ path, method, operation }) =>
        `<li><a href="#${escape(operation.operationId ?? path)}"><span class="method">${method.toUpperCase()}</span> <code>${escape(path)}</code></a> ${escape(operation.summary ?? '')}</li>`,
    )
    .join('\n');
  const schemas = Object.entries(document.components?.schemas ?? {})
    .map(([name, schema]) => `<div id="schema-${escape(name)}">${details(name, schema)}</div>`)
    .join('\n');
  const intro = escape(document.info.description ?? '')
    .split('\n\n')
    .map((paragraph) => `<p>${paragraph.replaceAll(/`([^`]+)`/g, '<code>$1</code>')}</p>`)
    .join('\n');
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Holdfast API</title><style>${style}</style></head>
<body><main><h1>Holdfast API</h1>${intro}
<p>The same for machines: <a href="/api/openapi.json">openapi.json</a> (OpenAPI ${escape(document.openapi)}).</p>
<nav aria-label="Routes"><ul>${contents}</ul></nav>
<h2>Routes</h2>${operations.map(({ path, method, operation }) => operationHtml(path, method, operation)).join('\n')}
<h2>Schemas</h2>${schemas}</main></body></html>`;
}
