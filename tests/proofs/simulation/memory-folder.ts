import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';

/** A folder in memory where the machine has one. Only processes die here, and they lose nothing that they had written. */
export const inMemory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
