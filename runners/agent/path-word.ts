// The words by which a probe of a path's MTU is asked and answered; questions and answers differ, so that two who answer never answer
// each other for ever.

export const ask = Buffer.from('assay path?\n');
/** The question came whole. As many bytes as it, and as long. */
export const whole = Buffer.from('assay path!\n');
/** An answer of that length does not get back whole. */
export const cut = Buffer.from('assay path-\n');
