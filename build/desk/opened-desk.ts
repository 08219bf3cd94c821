export interface OpenDeskOptions {
  /** The server, and a one-time code that pairs the desk with it. Null: the desk knows its server itself, and can host one. */
  given: { readonly serverUrl: string; readonly pairingCode?: string } | null;
  dataDir: string;
  rendererDir: string;
  /** The browser shell's port at the last start, taken again when it is free. */
  preferredPort?: number | undefined;
  /** False: start the browser shell without a window. */
  window: boolean;
  env: NodeJS.ProcessEnv;
  onProgress?: (line: string) => void;
}

export interface OpenDesk {
  /** The browser shell's address, with its one-time token; the Electron shell has none. */
  url: string | undefined;
  port: number | undefined;
  /** Which shell was opened and why, in words for the person who started the desk. */
  shell: string;
  opened: boolean;
  /** Resolves when the person closed the desk for good. */
  closedByHand: Promise<void>;
  close(): Promise<void>;
}
