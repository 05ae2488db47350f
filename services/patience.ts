/**
 * How long and how often to try. The caller passes it in, because only the caller knows who is
 * waiting.
 */
export interface Patience {
	/** How long an answer may take, and how long it may fall silent. */
	readonly timeoutSeconds: number;
	/** The longest wait after a refusal for the number of requests, one's own or another's. */
	readonly longestWaitSeconds: number;
	/** How often to ask again after such a refusal. */
	readonly retriesAfterLimit: number;
	/** How often to ask again after anything else that may pass. */
	readonly retries: number;
}

/** An execution: nobody waits for it, and a limit is one minute's. */
export const executionPatience: Patience = {
	timeoutSeconds: 60,
	longestWaitSeconds: 120,
	retriesAfterLimit: 5,
	retries: 3,
};

/** A poll, which n8n gives up after some minutes, or a list in the editor. */
export const pollPatience: Patience = {
	timeoutSeconds: 60,
	longestWaitSeconds: 15,
	retriesAfterLimit: 3,
	retries: 2,
};

/**
 * Somebody waits for each answer, and several questions follow each other: the editor waits for a
 * workflow to be published or unpublished, which n8n gives up after little more than a minute, or
 * Rakuten waits for the answer to a postback.
 */
export const activationPatience: Patience = {
	timeoutSeconds: 10,
	longestWaitSeconds: 15,
	retriesAfterLimit: 3,
	retries: 1,
};
