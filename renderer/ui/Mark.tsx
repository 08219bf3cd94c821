interface MarkProps {
  readonly size: number;
  readonly className?: string;
  /** Where the name does not stand beside it. */
  readonly label?: string;
}

/**
 * Holdfast's mark; holdfast.png is the same for the browser's own places. As an image file it would be a document of its
 * own, which takes a browser longer to open than all of this page's icons to draw.
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
