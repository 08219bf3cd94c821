import { z } from 'zod';

/** Every id is a UUIDv7 (RFC 9562). Whatever part makes a thing also mints its id. */
export const id = z.uuid();
