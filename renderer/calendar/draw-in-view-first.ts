/** Some ten milliseconds of layout. */
const atOnce = 40;

/**
 * Lays out what stands in the cards that are in view after `scroll`, and in the others as soon as the browser is idle: to lay
 * out their texts is half of drawing a day, and at a start nobody sees more than a screen of it.
 */
export function drawInViewFirst(scroller: HTMLElement, scroll: () => void): void {
  const cards = [...scroller.querySelectorAll<HTMLElement>('[data-visit]')];
  for (const card of cards) card.style.contentVisibility = 'hidden';
  scroll();
  const { top, bottom } = scroller.getBoundingClientRect();
  const { inView = [], outOfView = [] } = Object.groupBy(cards, (card) => {
    const box = card.getBoundingClientRect();
    return box.bottom > top && box.top < bottom ? 'inView' : 'outOfView';
  });
  draw(inView);
  drawWhenIdle(outOfView);
}

function drawWhenIdle(cards: readonly HTMLElement[]): void {
  if (cards.length === 0) return;
  requestIdleCallback(() => {
    draw(cards.slice(0, atOnce));
    drawWhenIdle(cards.slice(atOnce));
  });
}

function draw(cards: readonly HTMLElement[]): void {
  for (const card of cards) card.style.contentVisibility = '';
}
