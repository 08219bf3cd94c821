/** Printed when the page is loaded: whoever started the desk may stop waiting. */
export const readyLine = 'holdfast desk ready';
