import { Dialog, Modal, ModalOverlay } from 'react-aria-components';

import type { Site } from '../../core/calendar/calendar.ts';
import type { OutboxEntry } from '../../core/contract/desk/outbox-entry.ts';
import { closeClash, useClash, type Clash } from '../commands/clash-store.ts';
import type { Identity } from '../commands/make-command.ts';
import { useFreshProblem } from '../commands/use-fresh-problem.ts';
import { useRefusals } from '../commands/use-outbox.ts';
import { useFocusBack } from '../ui/use-focus-back.ts';
import type { Spotlight } from '../visits/spotlight.ts';
import { ConflictNotice } from './ConflictNotice.tsx';
import { RefusalNotice } from './RefusalNotice.tsx';
import { StaleNotice } from './StaleNotice.tsx';

interface ClashDialogProps {
  readonly identity: Identity;
  readonly sites: readonly Site[];
  readonly mayRaise: boolean;
  readonly onShow: (siteId: string, spotlight: Omit<Spotlight, 'key'>) => void;
}

const none: readonly OutboxEntry[] = [];

/** A refusal that the person can resolve. Escape closes the dialog, and a refusal that the desk keeps stays in the tray. */
export function ClashDialog(props: ClashDialogProps) {
  const clash = useClash();
  return clash ? <OpenClash clash={clash} {...props} /> : null;
}

function OpenClash({ clash, identity, sites, mayRaise, onShow }: ClashDialogProps & { readonly clash: Clash }) {
  useFocusBack();
  const { problem, freshness } = useFreshProblem(clash);
  const { commandId } = clash.entry.typed.command;
  const followers = useRefusals().find(({ entry }) => entry.typed.command.commandId === commandId)?.followers ?? none;
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
          {problem.code === 'conflict' ? (
            <ConflictNotice
              clash={clash}
              conflict={problem.data}
              freshness={freshness}
              followers={followers}
              identity={identity}
              sites={sites}
              mayRaise={mayRaise}
              onShow={show}
              onClose={close}
            />
          ) : problem.code === 'stale-version' || problem.code === 'status-conflict' ? (
            <StaleNotice
              clash={clash}
              problem={problem}
              followers={followers}
              sites={sites}
              onShow={show}
              onClose={close}
            />
          ) : (
            <RefusalNotice clash={clash} problem={problem} followers={followers} sites={sites} onClose={close} />
          )}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
