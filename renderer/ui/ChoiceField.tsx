import { Check, ChevronDown } from 'lucide-react';
import { Button, Label, ListBox, ListBoxItem, Popover, Select, SelectValue } from 'react-aria-components';

export interface Choice {
  readonly id: string;
  readonly name: string;
  /** The text at the right, such as a duration. */
  readonly note: string;
}

interface ChoiceFieldProps {
  readonly label: string;
  readonly placeholder: string;
  readonly choices: readonly Choice[];
  readonly chosen: string | null;
  readonly onChoose: (id: string) => void;
}

export function ChoiceField({ label, placeholder, choices, chosen, onChoose }: ChoiceFieldProps) {
  return (
    <Select
      placeholder={placeholder}
      value={chosen}
      onChange={(key) => {
        if (key !== null) onChoose(String(key));
      }}
    >
      <Label className="label">{label}</Label>
      <Button className="field flex items-center justify-between gap-2 text-start">
        <SelectValue className="min-w-0 flex-1 truncate">
          {({ selectedText, defaultChildren }) => selectedText ?? defaultChildren}
        </SelectValue>
        <ChevronDown aria-hidden size={14} className="text-faint" />
      </Button>
      <Popover className="panel flex w-max max-w-80 min-w-(--trigger-width) flex-col p-1" data-overlay offset={4}>
        <ListBox items={choices} className="max-h-72 overflow-auto outline-none">
          {(choice) => (
            <ListBoxItem id={choice.id} textValue={choice.name} className="menu-item">
              {({ isSelected }) => (
                <>
                  <Check aria-hidden size={13} className={isSelected ? '' : 'invisible'} />
                  <span className="min-w-0 flex-1 truncate">{choice.name}</span>
                  <span className="text-small text-faint tabular">{choice.note}</span>
                </>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  );
}
