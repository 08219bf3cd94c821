import type { CdpSession } from './cdp.ts';

interface Thrown {
  readonly exceptionDetails: { readonly text: string; readonly exception?: { readonly description?: string } };
}

/** Collects console errors, uncaught exceptions, and refused and failed requests, from the first line of the page on. */
export function reportFaults(session: CdpSession, report: (text: string) => void): void {
  session.on('Runtime.exceptionThrown', ({ exceptionDetails: { text, exception } }: Thrown) =>
    report(exception?.description ?? text),
  );
  session.on('Runtime.consoleAPICalled', ({ type, args }: { type: string; args: { value?: unknown }[] }) => {
    if (type === 'error') report(args.map(({ value }) => String(value)).join(' '));
  });
  session.on('Log.entryAdded', ({ entry }: { entry: { level: string; text: string; url?: string } }) => {
    if (entry.level === 'error') report(`${entry.text} ${entry.url ?? ''}`);
  });
}
