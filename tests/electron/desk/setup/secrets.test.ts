import { expect, it } from 'vitest';

import { makeKey } from '../../../../electron/desk/keys/key-keeper.ts';
import { openSecrets } from '../../../../electron/desk/setup/secrets.ts';

const key = makeKey();
const plain = 'postgres://holdfast_app:pässword@db/holdfast';

it('a sealed text is opened by its key alone, and is another text each time', () => {
  const secrets = openSecrets(key);
  const sealed = secrets.seal(plain);
  expect(openSecrets(key).open(sealed)).toBe(plain);
  expect(openSecrets(makeKey()).open(sealed)).toBeNull();
  expect(secrets.seal(plain)).not.toBe(sealed);
  expect(Buffer.from(sealed, 'base64url').includes('holdfast_app')).toBe(false);
});

it('a sealed text that was changed or cut is not opened', () => {
  const secrets = openSecrets(key);
  const bytes = Buffer.from(secrets.seal(plain), 'base64url');
  for (let at = 0; at < bytes.length; at += 1) {
    const changed = Buffer.from(bytes);
    changed[at] = changed[at]! ^ 1;
    expect(secrets.open(changed.toString('base64url'))).toBeNull();
  }
  expect(secrets.open(bytes.subarray(0, 20).toString('base64url'))).toBeNull();
  expect(secrets.open('')).toBeNull();
});
