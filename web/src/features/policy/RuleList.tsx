import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { moved, type Rule } from "./document";
import { RuleDialog } from "./RuleDialog";
import { ruleName, thenText, whenText } from "./ruleWords";

interface RuleListProps {
  rules: Rule[];
  onChange: (rules: Rule[]) => void;
}

/** The rules in their order: a denial counts wherever it stands, else the first that decides. */
export function RuleList({ rules, onChange }: RuleListProps) {
  const [edited, setEdited] = useState<number>();
  const put = (rule: Rule) => {
    onChange(edited === undefined || edited >= rules.length ? [...rules, rule] : rules.with(edited, rule));
    setEdited(undefined);
  };
  return (
    <SpaceBetween size="m">
      <Box color="text-body-secondary">A matching rule that denies always applies. Otherwise the first that approves or asks decides. Limits of all matching rules apply together.</Box>
      {rules.map((rule, index) => (
        <RuleCard
          key={index}
          name={ruleName(rule, index)}
          rule={rule}
          onEdit={() => setEdited(index)}
          onRemove={() => onChange(rules.toSpliced(index, 1))}
          onUp={index > 0 ? () => onChange(moved(rules, index, index - 1)) : undefined}
          onDown={index < rules.length - 1 ? () => onChange(moved(rules, index, index + 1)) : undefined}
        />
      ))}
      {rules.length === 0 && <Box color="text-status-inactive">There are no rules.</Box>}
      <Button iconName="add-plus" onClick={() => setEdited(rules.length)}>Add a rule</Button>
      {edited !== undefined && <RuleDialog rule={rules[edited] ?? {}} onSubmit={put} onClose={() => setEdited(undefined)} />}
    </SpaceBetween>
  );
}

interface RuleCardProps {
  name: string;
  rule: Rule;
  onEdit: () => void;
  onRemove: () => void;
  onUp: (() => void) | undefined;
  onDown: (() => void) | undefined;
}

const Sentences = ({ title, items, none }: { title: string; items: string[]; none: string }) => (
  <div>
    <Box variant="strong">{title}</Box>
    <ul className="plain-list">{(items.length > 0 ? items : [none]).map((item) => <li key={item}>{item}</li>)}</ul>
  </div>
);

const RuleCard = ({ name, rule, onEdit, onRemove, onUp, onDown }: RuleCardProps) => (
  <Container
    header={
      <Header
        variant="h2"
        actions={
          <SpaceBetween direction="horizontal" size="xxs">
            <Button variant="icon" iconName="angle-up" ariaLabel={`Move ${name} up`} disabled={!onUp} onClick={() => onUp?.()} />
            <Button variant="icon" iconName="angle-down" ariaLabel={`Move ${name} down`} disabled={!onDown} onClick={() => onDown?.()} />
            <Button ariaLabel={`Edit ${name}`} onClick={onEdit}>Edit</Button>
            <Button ariaLabel={`Remove ${name}`} onClick={onRemove}>Remove</Button>
          </SpaceBetween>
        }
      >
        {name}
      </Header>
    }
  >
    <div className="beside">
      <Sentences title="When" items={whenText(rule.When)} none="always" />
      <Sentences title="Then" items={thenText(rule.Then)} none="nothing" />
    </div>
  </Container>
);
