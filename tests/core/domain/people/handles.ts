import fc from 'fast-check';

import { handleSource } from '../../../../core/domain/people/organization-handle.ts';

export const aHandle = fc.stringMatching(new RegExp(`^${handleSource}$`));
