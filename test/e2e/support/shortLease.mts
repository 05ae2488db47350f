/**
 * An n8n that was killed while it published leaves that to be finished when a lease has ended: by
 * default after two minutes, looked at every 15 seconds.
 */
export const SHORT_LEASE = {
	N8N_WORKFLOW_PUBLICATION_OUTBOX_LEASE_SECONDS: '8',
	N8N_WORKFLOW_PUBLICATION_OUTBOX_POLL_INTERVAL_MS: '1000',
};
