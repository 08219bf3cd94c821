// Loaded by `--import` before a server: the clock of its host is off by HOST_CLOCK_OFF_BY milliseconds.
const offBy = Number(process.env['HOST_CLOCK_OFF_BY']);
const HostDate = Date;

globalThis.Date = class extends HostDate {
  constructor(...parts: readonly unknown[]) {
    if (parts.length === 0) super(HostDate.now() + offBy);
    else super(...(parts as [number]));
  }

  static override now(): number {
    return HostDate.now() + offBy;
  }
} as DateConstructor;

// A later Node has a Temporal of its own, which does not go through Date.
const { Temporal } = globalThis as { Temporal?: { Now: { instant(): { add(time: object): unknown } } } };
if (Temporal) {
  const { instant } = Temporal.Now;
  Temporal.Now.instant = () => instant().add({ milliseconds: offBy }) as ReturnType<typeof instant>;
}
