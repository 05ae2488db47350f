/** Whether a refusal is about the network address that the request came from. */
export const isAboutAddress = (words: string) => /\bip\b/i.test(words);

/** Whether a refusal says that somebody at Rakuten still has to approve the application or account. */
export const isPending = (words: string) =>
	/pending|awaiting|under review|not (?:yet )?(?:been )?(?:approved|activated)/i.test(words);
