import { z } from 'zod';

/**
 * Every id is a UUIDv7 (RFC 9562). Whatever part makes a thing also mints its id. RFC 9562 allows capitals too;
 * `id` turns them into small letters, so that two spellings of one id are equal.
 */
export const id = z.uuid().toLowerCase();

/**
 * A command's id. The server reads its time (core/domain/sync/command-age.ts) to refuse what is too old to be remembered, so
 * here the version counts.
 */
export const commandId = z.uuidv7().toLowerCase();
