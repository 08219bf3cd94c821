import { useTranslation } from 'react-i18next';

/** A page opened without its shell says so, instead of a blank window. */
export function NoDesk() {
  const { t } = useTranslation();
  return (
    <main className="grid h-full place-content-center p-8 text-center">
      <div role="alert" className="grid gap-1">
        <p className="text-[1.0625rem] font-semibold">{t('signIn.noDesk')}</p>
        <p className="text-soft">{t('signIn.noDeskDetail')}</p>
      </div>
    </main>
  );
}
