import Container from "@cloudscape-design/components/container";
import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useConfig, useSession } from "../../signin/useSession";
import { FactList } from "../../ui/FactList";
import { PageFrame } from "../../ui/PageFrame";

/** How programs reach this server: lines to copy. */
const linesFor = (address: string, region: string): [what: string, lines: string][] => [
  ["A profile of the AWS command line and SDKs (~/.aws/config)", `[profile weir]\nregion = ${region}\nendpoint_url = ${address}`],
  ["The command line", `aws --profile weir glue get-databases`],
  ["Python", `boto3.client("glue", region_name="${region}", endpoint_url="${address}")`],
  ["JavaScript", `new GlueClient({ region: "${region}", endpoint: "${address}" })`],
];

/** What this server is, and how programs reach it. */
export default function AboutPage() {
  const { version } = useConfig();
  const { account, region } = useSession();
  return (
    <PageFrame title="About" says="Every AWS client reaches the lake at one address.">
      <Container header={<Header variant="h2">This server</Header>}>
        <FactList
          columns={2}
          items={[
            { label: "Version", value: version },
            { label: "Account", value: account },
            { label: "Region", value: region },
            { label: "Address", value: <span className="mono">{location.origin}</span> },
          ]}
        />
      </Container>
      <Container header={<Header variant="h2" description="With access keys of your own, or a role's.">For programs</Header>}>
        <SpaceBetween size="m">
          {linesFor(location.origin, region).map(([what, lines]) => (
            <div key={what}>
              <Header variant="h3" actions={<CopyToClipboard variant="icon" copyButtonAriaLabel={`Copy: ${what}`} textToCopy={lines} copySuccessText="Copied" copyErrorText="This browser does not let pages copy here." />}>
                {what}
              </Header>
              <pre className="json-text mono">{lines}</pre>
            </div>
          ))}
        </SpaceBetween>
      </Container>
    </PageFrame>
  );
}
