import type { Page } from '@playwright/test';

/**
 * Everything on the present screen that a person with large text could not read or reach, a line for each: text that is cut
 * without an ellipsis, overlaps other text or lies outside the window, and controls that stay covered after scrolling to
 * them. An ellipsis may cut the cards of the grid and the rows of the list, because their panel shows the whole text.
 */
export function faultsOfText(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const overlay = document.querySelector('.overlay') ?? document.querySelector('[data-overlay]');
    const scope = overlay ?? document.querySelector('[role="dialog"]') ?? document.body;
    const isShown = (element: Element) => {
      const { width, height } = element.getBoundingClientRect();
      return width > 2 && height > 2 && element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    };
    const wordsOf = (element: Element) =>
      `“${(element.textContent || element.ariaLabel || element.outerHTML).trim().slice(0, 40)}”`;
    const hasText = ({ childNodes }: Element) =>
      [...childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
    const texts = [...scope.querySelectorAll('*')].filter(
      (element) => hasText(element) && isShown(element) && !element.closest('.sr-only, [data-scroller]'),
    );
    const cut = texts
      .filter((element) => {
        const { display, overflowX, textOverflow } = getComputedStyle(element);
        const isWide = element.scrollWidth > element.clientWidth + 1;
        return display !== 'inline' && isWide && !(textOverflow === 'ellipsis' && overflowX !== 'visible');
      })
      .map((element) => `cut: ${wordsOf(element)}`);

    /** The box of the text itself, clipped by the elements that scroll around it. */
    function seenOf(element: Element): DOMRect {
      const range = document.createRange();
      range.selectNodeContents(element);
      let { left, top, right, bottom } = range.getBoundingClientRect();
      for (let around: Element | null = element; around; around = around.parentElement) {
        if (getComputedStyle(around).overflowX === 'visible') continue;
        const box = around.getBoundingClientRect();
        [left, right] = [Math.max(left, box.left), Math.min(right, box.right)];
        [top, bottom] = [Math.max(top, box.top), Math.min(bottom, box.bottom)];
      }
      return new DOMRect(left, top, Math.max(0, right - left), Math.max(0, bottom - top));
    }
    const seen = texts
      .map((element) => ({ element, box: seenOf(element) }))
      .filter(({ box }) => box.width > 0 && box.height > 0);
    const isPinned = (element: Element) => {
      for (let around: Element | null = element; around && around !== scope; around = around.parentElement) {
        if (getComputedStyle(around).position === 'sticky') return true;
      }
      return false;
    };
    const over = seen.flatMap((one, n) =>
      seen.slice(n + 1).flatMap((two) => {
        if (one.element.contains(two.element) || two.element.contains(one.element)) return [];
        // A sticky element covers what scrolls below it on purpose.
        if (isPinned(one.element) || isPinned(two.element)) return [];
        const width = Math.min(one.box.right, two.box.right) - Math.max(one.box.left, two.box.left);
        const height = Math.min(one.box.bottom, two.box.bottom) - Math.max(one.box.top, two.box.top);
        return width > 2 && height > 4 ? [`over: ${wordsOf(one.element)} and ${wordsOf(two.element)}`] : [];
      }),
    );
    const outside = seen
      .filter(({ box }) => box.left < -1 || box.right > innerWidth + 1)
      .map(({ element }) => `outside: ${wordsOf(element)}`);

    const controls = scope.querySelectorAll(
      'button, input, a[href], [role="radio"], [role="option"], [role="menuitem"]',
    );
    // A label may draw its input, and then covers it.
    const covered = [...new Set([...controls].map((element) => element.closest('label') ?? element))]
      .filter((element) => isShown(element) && !element.closest('.skip-link, [data-scroller], [data-sonner-toaster]'))
      .filter((element) => {
        element.scrollIntoView({ block: 'center', inline: 'center' });
        const { left, top, width, height } = element.getBoundingClientRect();
        const hit = document.elementFromPoint(left + width / 2, top + height / 2);
        return !hit || !element.contains(hit);
      })
      .map((element) => `covered: ${wordsOf(element)}`);
    return [...cut, ...over, ...outside, ...covered];
  });
}
