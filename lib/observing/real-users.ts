import { CognitoIdentityPool } from "@cdktf/provider-aws/lib/cognito-identity-pool";
import { CognitoIdentityPoolRolesAttachment } from "@cdktf/provider-aws/lib/cognito-identity-pool-roles-attachment";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { RumAppMonitor } from "@cdktf/provider-aws/lib/rum-app-monitor";
import { Construct } from "constructs";
import { Measurable, Watchable } from "../core/declarations";
import { register } from "../core/hook";
import { nameOf } from "../core/naming";
import { arnOf, placeOf } from "../core/place";
import { policy } from "../parts/policy";
import { SAMPLE_RATE, expressionOf, requireRealUsers } from "./real-users-checks";
import { RealUsersProps, WebClient } from "./real-users-props";
import { hoursOfSilence, realUsersIndicators, realUsersSignals } from "./real-users-signals";

/** What is measured: errors of scripts, the web vitals, and requests that fail. */
const TELEMETRIES = ["errors", "performance", "http"];

const COGNITO = "cognito-identity.amazonaws.com";

/**
 * What users feel in their browsers, by CloudWatch RUM: how late pages show what matters, answer and stand still, and how
 * often their scripts fail.
 *
 * It measures a tenth of the sessions, without cookies, without traces, without events of your own, and keeps no address of
 * a resource. A browser may send events to this one app monitor and nothing else: anybody can have these rights, so
 * numbers can be forged, and no signal pages. RUM forgets what it has after 30 days. No copy goes to CloudWatch Logs: the
 * group that RUM makes there would keep every line for ever, and Terraform comes too late to say otherwise.
 *
 * Give `client` to the web client: it obeys that, not the app monitor.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-RUM.html
 * @see https://web.dev/articles/vitals
 */
export class RealUsers extends Construct implements Watchable, Measurable {
  readonly appMonitor: RumAppMonitor;
  readonly identityPool: CognitoIdentityPool;
  readonly role: IamRole;
  /** The name of the app monitor, known at synthesis. */
  readonly name: string;
  /** What the web client is told, to be put where the pages find it: an output, or an object beside them. */
  readonly client: WebClient;
  private readonly silentHours: number | undefined;

  constructor(scope: Construct, id: string, props: RealUsersProps) {
    super(scope, id);
    register(this, props, "RealUsersProps");
    const { domains, sessionSampleRate = SAMPLE_RATE, excludedPages = [] } = props;
    const { allowCookies = false, tracing = false } = props;
    const { region } = placeOf(this);
    requireRealUsers(this, props);
    this.silentHours = hoursOfSilence(props.viewsPerHour, sessionSampleRate);

    this.name = nameOf(this, "real-users");
    this.identityPool = new CognitoIdentityPool(this, "identity-pool", {
      identityPoolName: nameOf(this, "identity-pool"),
      allowUnauthenticatedIdentities: true,
      // The classic flow asks STS itself, past the policy by which Cognito bounds what guests may do.
      allowClassicFlow: false,
    });
    this.role = this.guest();
    new CognitoIdentityPoolRolesAttachment(this, "guest", {
      identityPoolId: this.identityPool.id,
      roles: { unauthenticated: this.role.arn },
    });
    this.appMonitor = new RumAppMonitor(this, "Resource", {
      name: this.name,
      ...(domains.length === 1 ? { domain: domains[0] } : { domainList: [...domains] }),
      cwLogEnabled: false,
      customEvents: { status: "DISABLED" },
      appMonitorConfiguration: {
        identityPoolId: this.identityPool.id,
        sessionSampleRate,
        allowCookies,
        enableXray: tracing,
        telemetries: TELEMETRIES,
        ...(excludedPages.length > 0 && { excludedPages: [...excludedPages] }),
      },
    });
    this.client = {
      applicationId: this.appMonitor.appMonitorId,
      region,
      config: {
        identityPoolId: this.identityPool.id,
        endpoint: `https://dataplane.rum.${region}.amazonaws.com`,
        sessionSampleRate,
        allowCookies,
        enableXRay: tracing,
        telemetries: TELEMETRIES,
        recordResourceUrl: false,
        pagesToExclude: excludedPages.map(expressionOf),
      },
    };
  }

  get signals() {
    return realUsersSignals(this.name, this.silentHours);
  }

  get indicators() {
    return realUsersIndicators(this.name);
  }

  /** Whoever opens a page takes this role: it can do one thing to one app monitor. */
  private guest(): IamRole {
    const role = new IamRole(this, "role", {
      name: nameOf(this, "role"),
      assumeRolePolicy: policy({
        Sid: "TakenByGuestsOfThePool",
        Effect: "Allow",
        Principal: { Federated: COGNITO },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: { [`${COGNITO}:aud`]: this.identityPool.id },
          "ForAnyValue:StringLike": { [`${COGNITO}:amr`]: "unauthenticated" },
        },
      }),
    });
    new IamRolePolicy(this, "role-policy", {
      name: "role",
      role: role.name,
      policy: policy({
        Sid: "SendsEventsToItsAppMonitor",
        Effect: "Allow",
        Action: "rum:PutRumEvents",
        Resource: arnOf(this, "rum", `appmonitor/${this.name}`),
      }),
    });
    return role;
  }
}
