import { X } from 'lucide-react';
import { Button, Dialog, Heading, Modal, ModalOverlay, Switch } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import { shortcutGroups } from '../routes/shortcuts.ts';
import { switchSingleKeys, useSingleKeys } from '../ui/single-keys.ts';

/** The list of all keys, with a switch of the single letters for people who dictate. */
export function ShortcutSheet({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const areOn = useSingleKeys();
  return (
    <ModalOverlay
      isOpen
      isDismissable
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      className="overlay"
    >
      <Modal className="panel sheet">
        <Dialog className="outline-none">
          <header className="sheet-head">
            <Heading slot="title" className="text-title font-semibold">
              {t('shortcuts.title')}
            </Heading>
            <Button
              autoFocus
              className="button button-quiet button-icon"
              aria-label={t('shortcuts.close')}
              onPress={onClose}
            >
              <X aria-hidden size={16} />
            </Button>
          </header>
          <div className="sheet-groups">
            {shortcutGroups.map(({ place, shortcuts }) => (
              <section key={place} className="sheet-group">
                <h3 className="sheet-title">{t(`shortcuts.places.${place}`)}</h3>
                <dl>
                  {shortcuts.map(({ does, keys }) => (
                    <div key={does} className="sheet-row">
                      <dt>{t(`shortcuts.does.${does}`)}</dt>
                      <dd>
                        {keys.map((together) => (
                          <span key={together.join('+')} className="sheet-keys">
                            {together.map((name) => (
                              <kbd key={name}>{name}</kbd>
                            ))}
                          </span>
                        ))}
                      </dd>
                    </div>
                  ))}
                </dl>
              </section>
            ))}
          </div>
          <div className="sheet-foot">
            <Switch isSelected={areOn} onChange={switchSingleKeys} className="switch">
              <span aria-hidden className="switch-track" />
              {t('shortcuts.singleKeys')}
            </Switch>
            <p className="text-small text-soft">{t('shortcuts.singleKeysDetail')}</p>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
