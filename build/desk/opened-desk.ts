export interface OpenDeskOptions {
  /** The server, and a one-time code that lets the desk in; null: the desk keeps its server itself, and can host one. */
  given: { readonly serverUrl: string; readonly pairingCode?: string } | null;
  dataDir: string;
  rendererDir: string;
  /** The browser shell's port of the last start: taken when it is free. */
  preferredPort?: number | undefined;
  /** False: start the browser shell, open no window. */
  window: boolean;
  env: NodeJS.ProcessEnv;
  onProgress?: (line: string) => void;
}

export interface OpenDesk {
  /** The browser shell's address, with its one-time token; the Electron shell has none. */
  url: string | undefined;
  port: number | undefined;
  /** Which shell it is and why, for the person who started it. */
  shell: string;
  opened: boolean;
  /** Resolves when the person closed the desk for good. */
  closedByHand: Promise<void>;
  close(): Promise<void>;
}
