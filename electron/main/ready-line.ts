/** The desk prints this line when the page is loaded: the process that started the desk waits for it. */
export const readyLine = 'holdfast desk ready';
