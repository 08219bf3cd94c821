import { CloudOff } from 'lucide-react';
import { useEffect, useState } from 'react';
import { createPortal, flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';

import type { Visit } from '../visits/columns.ts';
import { isGone } from '../visits/visit-traits.ts';
import { patientNameOf, serviceNameOf } from '../visits/visit-words.ts';
import { nowInstant } from '../words/clock.ts';
import { clockAt, type DayScale } from '../words/day-scale.ts';
import { birthDate, spokenDate } from '../words/format-date.ts';
import { momentWords } from '../words/moment-words.ts';
import { sheetsOf, type ProviderSheet } from './provider-sheets.ts';

interface DaySheetProps {
  readonly visits: readonly Visit[];
  readonly scale: DayScale;
  readonly siteName: string;
  readonly printedBy: string;
  readonly asOf: string | null;
  /** The providers whose columns the person has hidden. */
  readonly hidden: readonly string[];
}

/**
 * The day on paper, a page for each provider. The sheet exists only while the browser prints, whichever way printing began.
 */
export function DaySheet(props: DaySheetProps) {
  const [printedAt, setPrintedAt] = useState<string | null>(null);
  useEffect(() => {
    // The browser takes its picture right after the listeners, so the sheet must be drawn by then.
    const begin = () => flushSync(() => setPrintedAt(nowInstant()));
    const end = () => setPrintedAt(null);
    window.addEventListener('beforeprint', begin);
    window.addEventListener('afterprint', end);
    return () => {
      window.removeEventListener('beforeprint', begin);
      window.removeEventListener('afterprint', end);
    };
  }, []);
  return printedAt === null ? null : createPortal(<Sheets {...props} printedAt={printedAt} />, document.body);
}

function Sheets({
  visits,
  scale,
  siteName,
  printedBy,
  asOf,
  hidden,
  printedAt,
}: DaySheetProps & { printedAt: string }) {
  const { t } = useTranslation();
  const sheets = sheetsOf(visits, hidden);
  const printed = t('daySheet.printed', { when: momentWords(printedAt, scale.timeZone), who: printedBy });
  return (
    <div className="day-sheet">
      {sheets.length === 0 ? (
        <section>
          <h1>
            {siteName}, {spokenDate(scale.date)}
          </h1>
          <p>{t('daySheet.none')}</p>
        </section>
      ) : null}
      {sheets.map((sheet) => (
        <section key={sheet.providerId}>
          <header>
            <h1>{sheet.providerName}</h1>
            <p>
              {siteName}, {spokenDate(scale.date)}
            </p>
            <p className="day-sheet-small">{printed}</p>
            {asOf ? (
              <p className="day-sheet-warning">{t('daySheet.asOf', { when: momentWords(asOf, scale.timeZone) })}</p>
            ) : null}
            {sheet.provisional > 0 ? (
              <p className="day-sheet-warning">{t('daySheet.provisional', { count: sheet.provisional })}</p>
            ) : null}
          </header>
          <Visits sheet={sheet} scale={scale} />
        </section>
      ))}
    </div>
  );
}

function Visits({ sheet, scale }: { readonly sheet: ProviderSheet; readonly scale: DayScale }) {
  const { t } = useTranslation();
  return (
    <table>
      <thead>
        <tr>
          <th>{t('daySheet.time')}</th>
          <th>{t('daySheet.patient')}</th>
          <th>{t('daySheet.service')}</th>
          <th>{t('daySheet.place')}</th>
          <th>{t('daySheet.status')}</th>
        </tr>
      </thead>
      <tbody>
        {sheet.visits.map((visit) => (
          <tr
            key={visit.appointment.appointmentId}
            data-provisional={visit.isProvisional || undefined}
            data-cancelled={isGone(visit) || undefined}
          >
            <td className="tabular">
              {clockAt(scale, visit.start)}–{clockAt(scale, visit.end)}
            </td>
            <td>
              <strong dir="auto">{patientNameOf(visit, t)}</strong>
              {visit.patient ? (
                <span className="day-sheet-small tabular">
                  {[t('visit.born', { date: birthDate(visit.patient.birthDate) }), visit.patient.phone]
                    .filter((words) => words !== '')
                    .join(' · ')}
                </span>
              ) : null}
              {visit.patient?.alert ? (
                <span className="day-sheet-alert">{t('daySheet.note', { alert: visit.patient.alert })}</span>
              ) : null}
            </td>
            <td>{serviceNameOf(visit, t)}</td>
            <td>{[visit.roomName, visit.equipmentName].filter((name) => name !== null).join(', ')}</td>
            <td>
              {t(`status.${visit.appointment.status}`)}
              {visit.isProvisional ? (
                <span className="day-sheet-provisional">
                  <CloudOff aria-hidden size={12} /> {t('status.provisional')}
                </span>
              ) : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
