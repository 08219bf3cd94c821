import { useQuery } from '@tanstack/react-query';
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import { ask } from '../api/desk.ts';
import { useFocusBack } from '../ui/use-focus-back.ts';
import { momentWords } from '../words/moment-words.ts';

interface InviteDialogProps {
  readonly timeZone: string;
  readonly onClose: () => void;
}

/** A one-time code for another desk, large enough to be read out. */
export function InviteDialog({ timeZone, onClose }: InviteDialogProps) {
  const { t } = useTranslation();
  useFocusBack();
  // Each opening makes a new code, and a code must not be cached.
  const { data, isError } = useQuery({
    queryKey: ['invitation'],
    queryFn: () => ask('inviteDesk', {}),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });
  return (
    <ModalOverlay
      isOpen
      isDismissable
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      className="overlay"
    >
      <Modal className="panel w-[32rem] max-w-full">
        <Dialog className="p-5 outline-none">
          <Heading slot="title" className="text-title font-semibold">
            {t('setup.inviteTitle')}
          </Heading>
          <div role="status">
            {data ? (
              <>
                <p className="mt-1 text-soft">
                  {t('setup.inviteDetail', { until: momentWords(data.expiresAt, timeZone) })}
                </p>
                <p className="invite-code tabular" aria-label={t('setup.inviteCode')} dir="ltr">
                  {data.code}
                </p>
              </>
            ) : (
              <p className={isError ? 'mt-1 text-alarm' : 'mt-1 text-soft'}>
                {t(isError ? 'setup.inviteFailed' : 'setup.inviting')}
              </p>
            )}
          </div>
          <Button autoFocus className="button mt-4" onPress={onClose}>
            {t('setup.close')}
          </Button>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
