import type { CdpSession } from './cdp.ts';
import { fromChromium } from './protocol.ts';

interface Context {
  readonly id: number;
  readonly name: string;
  readonly auxData: { readonly frameId: string };
}

/** The frames of a page: what each frame shows, and the worlds in which its scripts run. */
export class Frames {
  private readonly urls = new Map<string, string>();
  private readonly contexts = new Map<number, Context>();

  follow(session: CdpSession): void {
    session.on('Page.frameNavigated', ({ frame }: { frame: { id: string; url: string; urlFragment?: string } }) =>
      this.urls.set(frame.id, fromChromium(`${frame.url}${frame.urlFragment ?? ''}`)),
    );
    session.on('Page.navigatedWithinDocument', ({ frameId, url }: { frameId: string; url: string }) =>
      this.urls.set(frameId, fromChromium(url)),
    );
    session.on('Runtime.executionContextCreated', ({ context }: { context: Context }) =>
      this.contexts.set(context.id, context),
    );
    session.on('Runtime.executionContextDestroyed', (gone: { executionContextId: number }) =>
      this.contexts.delete(gone.executionContextId),
    );
    session.on('Runtime.executionContextsCleared', () => this.contexts.clear());
    session.on('Inspector.targetCrashed', () => this.contexts.clear());
  }

  urlOf(frameId: string): string {
    return this.urls.get(frameId) ?? '';
  }

  frameOf(contextId: number): string {
    return this.contexts.get(contextId)?.auxData.frameId ?? '';
  }

  /** The context in which scripts of this world run now, if there is one. */
  worldNamed(name: string): number | undefined {
    return [...this.contexts.values()].find((context) => context.name === name)?.id;
  }
}
