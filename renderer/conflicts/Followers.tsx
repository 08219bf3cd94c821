import { useTranslation } from 'react-i18next';

import type { OutboxEntry } from '../../core/contract/desk/outbox-entry.ts';

/** The commands that were refused because of this one, one sentence for each type. */
export function Followers({ followers }: { readonly followers: readonly OutboxEntry[] }) {
  const { t } = useTranslation();
  const types = [...new Set(followers.map(({ typed }) => typed.type))];
  if (types.length === 0) return null;
  return (
    <ul className="mt-3 grid gap-1">
      {types.map((type) => (
        <li key={type}>{t(`outbox.followed.${type}`)}</li>
      ))}
    </ul>
  );
}
