import type { IExecuteFunctions } from 'n8n-workflow';

/** The end of the type name that n8n gives a node which an AI agent uses. */
const ending = 'Tool';

/** Whether an AI agent uses the node. */
export const isAgentTool = (context: Pick<IExecuteFunctions, 'getNode'>): boolean =>
	context.getNode().type.endsWith(ending);
