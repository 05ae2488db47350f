/** What is registered for the site; there is one postback per site. */
export interface RegisteredPostback {
	/** Byte for byte as it was sent. */
	url: string;
	isActive: boolean;
}
