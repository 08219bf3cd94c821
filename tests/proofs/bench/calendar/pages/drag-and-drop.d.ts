// @types has the types of this file at another path, where NodeNext does not look. The file is CommonJS, so its default
// export is in the `default` of the import.
declare module 'react-big-calendar/lib/addons/dragAndDrop/index.js' {
  import type { ComponentType } from 'react';
  import type { CalendarProps } from 'react-big-calendar';

  interface DragProps {
    readonly onEventDrop?: () => void;
    readonly onEventResize?: () => void;
    readonly resizable?: boolean;
  }

  const addon: {
    readonly default: <Event extends object, Resource extends object>(
      calendar: ComponentType<CalendarProps<Event, Resource>>,
    ) => ComponentType<CalendarProps<Event, Resource> & DragProps>;
  };
  export default addon;
}
