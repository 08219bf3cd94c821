import { z } from 'zod';

import { isReadableName, isWellFormedText, tidyText } from '../domain/text/tidy-text.ts';

// The alphabet of everything that a person writes. `tidyText` tidies a text as it enters; a text with a broken sign is refused.
// Lint allows no bare `z.string()` elsewhere in core: it accepts texts that PostgreSQL refuses.

const broken = 'There are signs in this that cannot be shown. Type it again, without pasting it.';

const tidy = z.string().refine(isWellFormedText, { error: broken, abort: true }).overwrite(tidyText);

const tooLong = (most: number) => `Shorten this to ${most} characters.`;

/** Free text of one line that may be empty; `most` in UTF-16 units, as a field of a page counts them. */
export const text = (most: number) => tidy.max(most, { error: tooLong(most) });

/** A name of a person or a thing: one letter or digit at least, or nobody could read it. `missing` says what to give. */
export const name = (most: number, missing: string) => text(most).refine(isReadableName, { error: missing });

/** A secret as it was typed: blanks count. */
export const secret = (most: number) => z.string().min(1).max(most).refine(isWellFormedText, { error: broken });

/** A word of the project's own, such as a token, a cursor or an id of the wire: printable ASCII. */
export const token = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^[\u0020-\u007e]*$/, { error: 'This takes printable ASCII characters alone.' });

/** An address of a server, such as https://desk.example.org. `error` says what to give. */
export const address = (protocol: RegExp, error: string) => z.url({ protocol, error }).max(2_000);

/**
 * A text as the database or the desk has it. Only answers have such texts: an answer is never judged, because one odd row
 * must not make its list fail.
 */
export const stored = z.string();
