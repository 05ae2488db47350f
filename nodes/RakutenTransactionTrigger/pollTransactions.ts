import { randomUUID } from 'node:crypto';

import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { pollLines } from '../../rakuten/polling/pollLines';
import { PollMemory } from '../../rakuten/polling/PollMemory';
import { readPollState } from '../../rakuten/polling/pollState';
import type { ItemFields } from '../../rakuten/polling/pollState';
import { outcomeOf } from '../../rakuten/outcome';
import { log } from '../kit/log';
import { nodeError } from '../kit/nodeError';
import { mayPass } from '../../services/problem';
import { firstState, noteFirstState } from './firstState';
import type { PollTime } from './pollSource';
import { readPollPlan } from './pollPlan';
import { PollGate } from './PollGate';
import { showSample } from './sample';

/** Identifies this n8n process among earlier and parallel ones. */
const processMark = randomUUID().slice(0, 8);

const memory = new PollMemory(processMark);
const gate = new PollGate();

/** The contexts that have polled; n8n creates one for each activation of a node. */
const polled = new WeakSet<object>();

type Outputs = INodeExecutionData[][] | null;

/** One poll of the node: items for both outputs, or null where there are none. */
export async function pollTransactions(context: IPollFunctions): Promise<Outputs> {
	if (context.getMode() === 'manual') {
		const outcome = await outcomeOf(showSample(context, timeOf(context)));
		if (outcome.ok) return itemsOf(outcome.value);
		throw await nodeError(context, outcome.cause);
	}
	const isActivation = !polled.has(context);
	polled.add(context);
	const outcome = await outcomeOf(pollOnce(context, isActivation));
	if (outcome.ok) return outcome.value;
	const { cause } = outcome;
	if (isActivation && isRestart(context) && mayPass(cause)) {
		log(
			context,
			'warn',
			`"${context.getNode().name}" could not ask Rakuten for lines when n8n started. It tries again with the next poll.`,
		);
		return null;
	}
	throw await nodeError(context, cause, { isMessageAlone: isActivation });
}

async function pollOnce(context: IPollFunctions, isActivation: boolean): Promise<Outputs> {
	const kept = context.getWorkflowStaticData('node');
	const pass = gate.enter(kept);
	if (!pass) return null;
	const outcome = await outcomeOf(pollInside(context, kept, isActivation, pass.isValid));
	pass.leave();
	if (!outcome.ok) throw outcome.cause;
	return outcome.value;
}

async function pollInside(
	context: IPollFunctions,
	kept: IDataObject,
	isActivation: boolean,
	isValid: () => boolean,
): Promise<Outputs> {
	const now = Date.now();
	const time = timeOf(context);
	const { rules, source } = await readPollPlan(context, time);
	const node = `${context.getWorkflow().id} ${context.getNode().id}`;
	const isAtomic = isCommittedWithExecution(kept);
	const stored = readPollState(kept.poll);
	const isNewLeader = isActivation && context.getActivationMode() === 'leadershipChange';
	let situation = memory.open(node, stored, { isAtomic, isNewLeader });
	const isNoted = isAtomic && situation.name === 'first';
	if (isNoted) {
		// What came after the note may have been given out, and the cursor lost.
		situation = memory.open(node, firstState(context), { isAtomic: false, isNewLeader });
	}
	const result = await pollLines(
		situation,
		rules,
		{
			now,
			process: processMark,
			timeLeft: () => Date.now() - now < (time.endsAt - now) / 2,
		},
		source.read,
	);
	if (!isValid()) return null;
	kept.poll = result.state as unknown as IDataObject;
	if (isNoted && situation.name === 'first') noteFirstState(context, result.state);
	memory.close(node, result, stored);
	const { emission } = result;
	return emission ? itemsOf([emission.transactions, emission.notices]) : null;
}

/**
 * n8n with durable poll cursors hands out a copy of the state and stores it in one transaction with
 * the execution. Otherwise it hands out an object that it watches for changes, and stores that separately.
 */
const isCommittedWithExecution = (kept: IDataObject) => !('__dataChanged' in kept);

/** Whether n8n activates a workflow that was active before: its other triggers must not fail because of this one. */
function isRestart(context: IPollFunctions): boolean {
	const mode = context.getActivationMode();
	const isStarted = context.getWorkflowStaticData('node').poll !== undefined;
	return isStarted && (mode === 'init' || mode === 'leadershipChange');
}

/** What earlier versions of n8n are taken to allow: they had no limit for polls. */
const usualBudget = 300_000;

/** For writing the state and handing over the items. */
const spare = 2000;

function timeOf(context: IPollFunctions): PollTime {
	const budget =
		typeof context.getPollBudgetMs === 'function' ? context.getPollBudgetMs() : usualBudget;
	return {
		endsAt: Date.now() + Math.max(budget - spare, spare),
		seconds: Math.round(budget / 1000),
	};
}

const itemsOf = (outputs: ReadonlyArray<readonly ItemFields[]>): INodeExecutionData[][] =>
	outputs.map((fields) => fields.map((json) => ({ json: json as IDataObject })));
