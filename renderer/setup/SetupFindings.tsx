import { CircleCheck, CircleX } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import type { SetupWork } from './use-setup.ts';

/** The results of the test, one line for each check, with advice on the one that failed. */
export function SetupFindings({ work: { stage, found, problem } }: { readonly work: SetupWork }) {
  const { t } = useTranslation();
  return (
    <div role="status" className="grid gap-2 text-grid empty:hidden">
      {stage === 'testing' ? <p className="text-soft">{t('setup.testing')}</p> : null}
      {found && stage !== 'testing' ? (
        <ul aria-label={t('setup.results')} className="grid gap-1.5">
          {found.checks.map(({ check, ok, detail }) => (
            <li key={check} className="flex gap-2">
              {ok ? (
                <CircleCheck aria-label={t('setup.passed')} size={16} className="mt-0.5 shrink-0 text-soft" />
              ) : (
                <CircleX aria-label={t('setup.failed')} size={16} className="mt-0.5 shrink-0 text-alarm" />
              )}
              <span className="min-w-0">
                {ok ? null : <span className="font-medium text-alarm">{t(`setup.failedChecks.${check}`)}</span>}
                <span className={ok ? 'break-words' : 'block break-words text-soft'}>{detail}</span>
              </span>
            </li>
          ))}
        </ul>
      ) : null}
      {found && stage === 'idle' ? (
        <p className={found.ok ? 'font-medium' : 'font-medium text-alarm'}>
          {t(found.ok ? 'setup.testPassed' : 'setup.testFailed')}
        </p>
      ) : null}
      {stage === 'applying' ? <p className="text-soft">{t('setup.usingLong')}</p> : null}
      {problem === 'no-answer' ? <p className="text-alarm">{t('setup.noAnswer')}</p> : null}
      {problem && problem !== 'no-answer' ? <p className="text-alarm">{problem.detail}</p> : null}
    </div>
  );
}
