import type { INodeTypeDescription } from 'n8n-workflow';

const samples =
	'<b>To try it</b>, copy the Test URL (under <i>Webhook URLs</i>), select the button above, then add <b>?sample=purchase</b>, <b>?sample=lead</b> or <b>?sample=correction</b> to the end of the Test URL and open it: a marked sample appears here. You need no event at Rakuten, and listening registers nothing there.';

/** The panel next to the listen button. */
export const triggerPanel: INodeTypeDescription['triggerPanel'] = {
	header: 'Receive sales and corrections from Rakuten',
	executionsHelp: {
		inactive: `${samples}<br><br><b>To receive real sales</b>, publish the workflow: it then registers its postback URL at Rakuten, unless you do that by hand.`,
		active: `${samples}<br><br><b>Real sales</b> are received while the workflow is published. They show up in the <a data-key="executions">executions list</a>.`,
	},
	activationHint:
		'Publish the workflow to receive real sales: it then registers its postback URL at Rakuten, unless you do that by hand.',
};
