import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** A shorter wait goes unnoticed, and a skeleton would only flicker. */
const patienceMilliseconds = 300;

/** The day's shape before its content, so that nothing jumps when the content arrives. */
export function DaySkeleton({ isPeopleShown }: { readonly isPeopleShown: boolean }) {
  const { t } = useTranslation();
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), patienceMilliseconds);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="flex min-h-0 min-w-0 flex-1" aria-busy>
      <main className="day-main">
        <div className="filter-bar" />
        <div className="min-h-0 flex-1 overflow-hidden bg-surface">
          {isLate ? (
            <>
              <p className="sr-only" role="status">
                {t('calendar.loading')}
              </p>
              <div className="skeleton" aria-hidden>
                {Array.from({ length: 6 }, (_, n) => (
                  <div key={n} className="skeleton-column">
                    <div className="skeleton-head" />
                    {Array.from({ length: 7 }, (_unused, m) => (
                      <div key={m} className="skeleton-visit" data-nth={(n + m * 2) % 3} />
                    ))}
                  </div>
                ))}
              </div>
            </>
          ) : null}
        </div>
      </main>
      {isPeopleShown ? <div className="arrivals" /> : null}
    </div>
  );
}
