import type { INodeTypeDescription } from 'n8n-workflow';

const samples =
	'<b>To try it</b>, select the listen button and open the test URL with <code>?sample=purchase</code>, <code>?sample=lead</code> or <code>?sample=correction</code> behind it: a marked sample appears here. Listening registers nothing at Rakuten.';

/** What stands beside the listen button. */
export const triggerPanel: INodeTypeDescription['triggerPanel'] = {
	header: 'Receive sales and corrections from Rakuten',
	executionsHelp: {
		inactive: `${samples}<br><br><b>To receive real sales</b>, publish the workflow: it then registers its postback URL at Rakuten, unless you do that by hand.`,
		active: `${samples}<br><br><b>Real sales</b> are received while the workflow is published. They show up in the <a data-key="executions">executions list</a>.`,
	},
	activationHint:
		'Publish the workflow to receive real sales: it then registers its postback URL at Rakuten, unless you do that by hand.',
};
