import { useState, type ReactNode } from 'react';
import {
  Button,
  Checkbox,
  FieldError,
  Form,
  Input,
  Label,
  Radio,
  RadioGroup,
  Text,
  TextField,
} from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import type { SetupApplied } from '../../core/contract/desk/setup.ts';
import { emptyDraft, isComplete, type ChoiceKind, type SetupDraft } from './setup-draft.ts';
import { SetupFindings } from './SetupFindings.tsx';
import { useSetup } from './use-setup.ts';

interface SetupFormProps {
  readonly onApplied: (applied: SetupApplied) => void;
  /** Null on the first run, which has nothing to go back to. */
  readonly onCancel: (() => void) | null;
}

/** Asks where the data is, tests the answer, and stores it. */
export function SetupForm({ onApplied, onCancel }: SetupFormProps) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<SetupDraft>(emptyDraft);
  const work = useSetup(onApplied);
  const { stage, faults } = work;
  const isBusy = stage !== 'idle';
  const isReady = isComplete(draft) && !isBusy;

  function change(part: Partial<SetupDraft>) {
    setDraft((before) => ({ ...before, ...part }));
    work.forget();
  }

  function textField(
    name: 'serverUrl' | 'code' | 'databaseUrl' | 'adminDatabaseUrl',
    placeholder: string,
    hint?: string,
  ) {
    return (
      <TextField
        value={draft[name]}
        onChange={(value) => change({ [name]: value })}
        isInvalid={faults[name] !== undefined}
        isDisabled={isBusy}
        autoComplete="off"
      >
        <Label className="label">{t(`setup.${name}`)}</Label>
        <Input
          className={name === 'code' ? 'field setup-code tabular' : 'field'}
          placeholder={placeholder}
          spellCheck={false}
          autoCapitalize="none"
          dir="ltr"
        />
        {hint ? (
          <Text slot="description" className="mt-1 block text-small text-soft">
            {hint}
          </Text>
        ) : null}
        <FieldError className="mt-1 block text-small text-alarm">{faults[name]}</FieldError>
      </TextField>
    );
  }

  return (
    <Form
      className="grid gap-4"
      validationBehavior="aria"
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) work.use(draft);
      }}
    >
      <RadioGroup
        aria-label={t('setup.choices')}
        className="grid gap-2"
        value={draft.kind}
        isDisabled={isBusy}
        onChange={(kind) => change({ kind: kind as ChoiceKind })}
      >
        <Choice kind="connect" chosen={draft.kind} title={t('setup.connect')} detail={t('setup.connectDetail')}>
          {textField('serverUrl', t('setup.serverUrlExample'))}
          {textField('code', 'nordstern-K7QM-2XRA', t('setup.codeHint'))}
        </Choice>
        <Choice kind="host-embedded" chosen={draft.kind} title={t('setup.embedded')} detail={t('setup.embeddedDetail')}>
          <Checkbox
            className="setup-check"
            isSelected={draft.demo}
            isDisabled={isBusy}
            onChange={(demo) => change({ demo })}
          >
            <span aria-hidden className="setup-box" />
            {t('setup.demo')}
          </Checkbox>
        </Choice>
        <Choice kind="host-central" chosen={draft.kind} title={t('setup.central')} detail={t('setup.centralDetail')}>
          {textField('databaseUrl', t('setup.databaseUrlExample'))}
          {textField('adminDatabaseUrl', t('setup.adminDatabaseUrlExample'))}
        </Choice>
      </RadioGroup>
      <SetupFindings work={work} />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" className="button button-solid" isDisabled={!isReady}>
          {t(isBusy ? 'setup.using' : 'setup.use')}
        </Button>
        <Button type="button" className="button" isDisabled={!isReady} onPress={() => work.test(draft)}>
          {t('setup.test')}
        </Button>
        {onCancel ? (
          <Button type="button" className="button button-quiet ms-auto" onPress={onCancel}>
            {t('setup.cancel')}
          </Button>
        ) : null}
      </div>
    </Form>
  );
}

interface ChoiceProps {
  readonly kind: ChoiceKind;
  readonly chosen: ChoiceKind;
  readonly title: string;
  readonly detail: string;
  readonly children: ReactNode;
}

/** One answer. Its own fields open below it once it is chosen. */
function Choice({ kind, chosen, title, detail, children }: ChoiceProps) {
  return (
    <div className="setup-choice" data-chosen={kind === chosen || undefined}>
      <Radio value={kind} className="setup-radio">
        <span aria-hidden className="setup-dot" />
        <span className="min-w-0">
          <span className="block font-medium">{title}</span> <span className="block text-grid text-soft">{detail}</span>
        </span>
      </Radio>
      {kind === chosen ? <div className="setup-fields">{children}</div> : null}
    </div>
  );
}
