import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';

/** One file of the central schema. */
export interface SchemaFile {
  /** `functions/bookings/book_appointment.sql`: the path below db/pg. */
  readonly name: string;
  /** A baseline or migration file runs once and never changes again; the others run again when their text changed. */
  readonly runsOnce: boolean;
  readonly text: string;
  /** SHA-256 in hexadecimal. */
  readonly checksum: string;
}

/**
 * In the order in which they run. Tables come first, all of them, so that a function always meets the newest tables; a
 * trigger needs its function. Within a folder the files run in the order of their names.
 */
const folders = [
  { folder: 'baseline', runsOnce: true },
  { folder: 'migrations', runsOnce: true },
  { folder: 'functions', runsOnce: false },
  { folder: 'views', runsOnce: false },
  { folder: 'triggers', runsOnce: false },
] as const;

const here = new URL('./', import.meta.url);

async function namesIn(folder: string): Promise<string[]> {
  const names = await readdir(new URL(`${folder}/`, here), { recursive: true }).catch(() => [] as string[]);
  return names
    .filter((name) => name.endsWith('.sql'))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .toSorted();
}

/** The names of the files that this version brings, in the order in which they run. */
export async function schemaFileNames(): Promise<string[]> {
  return (await Promise.all(folders.map(({ folder }) => namesIn(folder)))).flat();
}

/** The files that this version brings, in the order in which they run. */
export async function loadSchemaFiles(): Promise<SchemaFile[]> {
  const load = async (name: string, runsOnce: boolean): Promise<SchemaFile> => {
    // A checkout on Windows may have other line ends, which mean nothing.
    const text = (await readFile(new URL(name, here), 'utf8')).replaceAll('\r\n', '\n');
    return { name, runsOnce, text, checksum: createHash('sha256').update(text).digest('hex') };
  };
  const loaded = folders.map(async ({ folder, runsOnce }) =>
    Promise.all((await namesIn(folder)).map((name) => load(name, runsOnce))),
  );
  return (await Promise.all(loaded)).flat();
}
