import { z } from 'zod';

/** Every id is a UUIDv7 (RFC 9562), minted where the thing is made. */
export const id = z.uuid();
