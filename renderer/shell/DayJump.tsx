import { CalendarDays } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import { Button, DialogTrigger, Input, Label, TextField } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import type { Site } from '../../core/calendar/calendar.ts';
import { readTypedDay } from '../../core/domain/time/typed-day.ts';
import { PopoverDialog } from '../ui/PopoverDialog.tsx';
import { dateWithYear, spokenDate } from '../words/format-date.ts';
import { MiniMonth } from './MiniMonth.tsx';

interface DayChoiceProps {
  readonly site: Site;
  readonly date: string;
  readonly today: string;
  readonly onGo: (date: string) => void;
}

interface DayJumpProps extends DayChoiceProps {
  readonly isOpen: boolean;
  readonly onOpen: (isOpen: boolean) => void;
}

/** The date on the screen, as a heading that opens the choice of another day. */
export function DayJump({ isOpen, onOpen, onGo, ...choice }: DayJumpProps) {
  const { t } = useTranslation();
  const titleId = useId();
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={onOpen}>
      <h1 className="tabular">
        <Button className="button button-quiet day-heading" aria-description={t('frame.pickDay')}>
          {dateWithYear(choice.date)}
        </Button>
      </h1>
      <PopoverDialog titleId={titleId} className="day-jump">
        <h2 id={titleId} className="sr-only">
          {t('frame.pickDay')}
        </h2>
        <DayChoice
          {...choice}
          onGo={(date) => {
            onOpen(false);
            onGo(date);
          }}
        />
      </PopoverDialog>
    </DialogTrigger>
  );
}

/** A day, typed or chosen from the month. The month shows a typed day before it is chosen. */
function DayChoice({ site, date, today, onGo }: DayChoiceProps) {
  const { t } = useTranslation();
  const hintId = useId();
  const box = useRef<HTMLDivElement>(null);
  const [text, setText] = useState('');
  const [pointed, setPointed] = useState(date);
  const [isRefused, setRefused] = useState(false);
  const typed = readTypedDay(text, { today, shown: date });

  function type(next: string) {
    setText(next);
    setRefused(false);
    const day = readTypedDay(next, { today, shown: date });
    if (day) setPointed(day);
  }

  return (
    <div ref={box}>
      <form
        className="border-b border-line p-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (typed) onGo(typed);
          else setRefused(true);
        }}
      >
        <TextField value={text} onChange={type} autoFocus isInvalid={isRefused} autoComplete="off">
          <Label className="sr-only">{t('frame.typeDay')}</Label>
          <Input
            className="field"
            placeholder={t('frame.typeDay')}
            aria-describedby={hintId}
            spellCheck={false}
            onKeyDown={(event) => {
              if (event.key !== 'ArrowDown') return;
              event.preventDefault();
              box.current?.querySelector<HTMLElement>('[role="grid"] [tabindex="0"]')?.focus();
            }}
          />
        </TextField>
        <p id={hintId} role="status" className="day-jump-hint" data-refused={isRefused || undefined}>
          {typed ? (
            <>
              <CalendarDays aria-hidden size={13} className="shrink-0" /> {spokenDate(typed)}
            </>
          ) : (
            t(isRefused ? 'frame.noDayTyped' : 'frame.dayExamples')
          )}
        </p>
      </form>
      <MiniMonth site={site} date={date} pointed={pointed} onPoint={setPointed} onGo={onGo} />
    </div>
  );
}
