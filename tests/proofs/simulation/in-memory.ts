import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';

/** Memory where that is a folder: what dies here are processes, which lose nothing that they had written. */
export const inMemory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
