import { z } from 'zod';

/**
 * Every id is a UUIDv7 (RFC 9562). Whatever part makes a thing also mints its id. RFC 9562 lets an id be written with capitals;
 * here it goes on in small letters, so that one thing has one id.
 */
export const id = z.uuid().toLowerCase();

/**
 * A command's id. The server reads its time (core/domain/sync/command-age.ts) to refuse what is too old to be remembered, so
 * here the version counts.
 */
export const commandId = z.uuidv7().toLowerCase();
