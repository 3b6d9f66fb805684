import { seconds } from "../duration";
import { numbered } from "../markdown";
import { instruction } from "../runbook/shell";
import { DeclaredRecovery } from "./declared";
import { FENCE, fenceSteps, fencedOf } from "./fence";
import { Outcome, told } from "./reckon";
import { Term } from "./schedule";
