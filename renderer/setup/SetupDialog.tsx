import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import type { Setup } from '../../core/contract/desk/setup.ts';
import { setupQuery } from '../api/queries.ts';
import { useFocusBack } from '../ui/use-focus-back.ts';
import { keepFirstSignIn } from './first-sign-in.ts';
import { SetupForm } from './SetupForm.tsx';

/** The server of this desk, and the way to another one. */
export function SetupDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { data } = useQuery(setupQuery);
  useFocusBack();

  return (
    <ModalOverlay
      isOpen
      // A click beside the dialog must not lose the typed text.
      isDismissable={false}
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      className="overlay"
    >
      <Modal className="panel max-h-full w-[32rem] max-w-full overflow-auto">
        <Dialog className="p-5 outline-none">
          <Heading slot="title" className="text-title font-semibold">
            {t('setup.changeTitle')}
          </Heading>
          {data?.setup ? (
            <p className="mt-1 text-soft break-words">
              {t('setup.now')}: <NowUsed setup={data.setup} />
            </p>
          ) : null}
          {data?.changeable ? (
            <>
              <p className="mt-1 mb-4 text-grid text-soft">{t('setup.keeps')}</p>
              <SetupForm
                onCancel={onClose}
                onApplied={({ firstSignIn }) => {
                  keepFirstSignIn(firstSignIn);
                  onClose();
                  // Another server is another clinic, so everything is read again, the person included.
                  void client.resetQueries();
                }}
              />
            </>
          ) : null}
          {data && !data.changeable ? <p className="mt-3">{t('setup.given')}</p> : null}
          {data?.changeable ? null : (
            <Button autoFocus className="button mt-4" onPress={onClose}>
              {t('setup.close')}
            </Button>
          )}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function NowUsed({ setup }: { readonly setup: Setup }) {
  const { t } = useTranslation();
  switch (setup.kind) {
    case 'host-embedded':
      return t('setup.kinds.host-embedded');
    case 'host-central':
      return t('setup.kinds.host-central', { host: setup.databaseHost });
    case 'connect':
      return t('setup.kinds.connect', { organization: setup.organizationName, url: setup.serverUrl });
    case 'given':
      return t('setup.kinds.given', { url: setup.serverUrl });
  }
}
