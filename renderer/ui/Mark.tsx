interface MarkProps {
  readonly size: number;
  readonly className?: string;
  /** The accessible name, where the app's name is not written beside the mark. */
  readonly label?: string;
}

/**
 * Holdfast's mark; holdfast.png is the same picture for the browser's tab. The mark is inlined: an SVG file would be a
 * document of its own, which a browser takes longer to open than to draw all icons of this page.
 */
export function Mark({ size, className, label }: MarkProps) {
  const speaking = label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label };
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} className={className} {...speaking}>
      <rect width="32" height="32" rx="7" fill="#22252b" />
      <path d="M9 7v18M23 7v18M9 16h14" stroke="#fff" strokeWidth="3.4" strokeLinecap="round" />
      <circle cx="16" cy="16" r="3.4" fill="#22252b" stroke="#fff" strokeWidth="2" />
    </svg>
  );
}
