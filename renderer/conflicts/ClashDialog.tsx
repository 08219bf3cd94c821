import { Dialog, Modal, ModalOverlay } from 'react-aria-components';

import type { Site } from '../../core/contract/calendar.ts';
import type { Identity } from '../bookings/make-command.ts';
import type { Spotlight } from '../calendar/spotlight.ts';
import { useFocusBack } from '../frame/use-focus-back.ts';
import { closeClash, useClash, type Clash } from './clash-store.ts';
import { ConflictNotice } from './ConflictNotice.tsx';
import { StaleNotice } from './StaleNotice.tsx';

interface ClashDialogProps {
  readonly identity: Identity;
  readonly sites: readonly Site[];
  readonly mayRaise: boolean;
  readonly onShow: (siteId: string, spotlight: Omit<Spotlight, 'key'>) => void;
}

/** What the server refused and the person can resolve. Escape closes it; nothing was changed then. */
export function ClashDialog(props: ClashDialogProps) {
  const clash = useClash();
  return clash ? <OpenClash clash={clash} {...props} /> : null;
}

function OpenClash({ clash, identity, sites, mayRaise, onShow }: ClashDialogProps & { readonly clash: Clash }) {
  useFocusBack();
  const close = () => closeClash(clash);
  const show: ClashDialogProps['onShow'] = (siteId, spotlight) => {
    close();
    onShow(siteId, spotlight);
  };
  return (
    <ModalOverlay
      isOpen
      isDismissable
      onOpenChange={(isOpen) => {
        if (!isOpen) close();
      }}
      className="overlay"
    >
      <Modal className="panel max-h-full w-[30rem] max-w-full overflow-auto">
        <Dialog role="alertdialog" className="p-5 outline-none" key={clash.entry.typed.command.commandId}>
          {clash.problem.code === 'conflict' ? (
            <ConflictNotice
              clash={clash}
              conflict={clash.problem.data}
              identity={identity}
              sites={sites}
              mayRaise={mayRaise}
              onShow={show}
              onClose={close}
            />
          ) : (
            <StaleNotice problem={clash.problem} sites={sites} onShow={show} onClose={close} />
          )}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
