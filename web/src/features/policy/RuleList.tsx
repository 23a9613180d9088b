import Box from "@cloudscape-design/components/box";
import Button, { type ButtonProps } from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useEffect, useRef, useState, type RefCallback } from "react";
import { moved, type Rule } from "./document";
import { RuleDialog } from "./RuleDialog";
import { ruleName, thenText, whenText } from "./ruleWords";

/** The ways in which a rule is moved. */
type Way = "up" | "down";

/** Moves rules, and the keyboard with them: to the button that moves on, or back where there is no further. `mover` keeps such a button. */
function useMoving({ rules, onChange }: RuleListProps) {
  const buttons = useRef(new Map<string, ButtonProps.Ref | null>());
  const [last, setLast] = useState<{ button: string }>();
  useEffect(() => buttons.current.get(last?.button ?? "")?.focus(), [last]);
  const move = (from: number, way: Way) => {
    const to = way === "up" ? from - 1 : from + 1;
    onChange(moved(rules, from, to));
    setLast({ button: `${to} ${to === 0 ? "down" : to === rules.length - 1 ? "up" : way}` });
  };
  const mover = (index: number, way: Way): RefCallback<ButtonProps.Ref> => (button) => void buttons.current.set(`${index} ${way}`, button);
  return { move, mover };
}

interface RuleListProps {
  rules: Rule[];
  onChange: (rules: Rule[]) => void;
}

/** The rules in their order: a denial counts wherever it stands, else the first that decides. */
export function RuleList({ rules, onChange }: RuleListProps) {
  const [edited, setEdited] = useState<number>();
  const add = useRef<ButtonProps.Ref>(null);
  const { move, mover } = useMoving({ rules, onChange });
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
          onRemove={() => { onChange(rules.toSpliced(index, 1)); add.current?.focus(); }}
          moving={(way) => ({ ref: mover(index, way), disabled: index === (way === "up" ? 0 : rules.length - 1), onClick: () => move(index, way) })}
        />
      ))}
      {rules.length === 0 && <Box color="text-status-inactive">There are no rules.</Box>}
      <Button ref={add} iconName="add-plus" onClick={() => setEdited(rules.length)}>Add a rule</Button>
      {edited !== undefined && <RuleDialog rule={rules[edited] ?? {}} onSubmit={put} onClose={() => setEdited(undefined)} />}
    </SpaceBetween>
  );
}

interface RuleCardProps {
  name: string;
  rule: Rule;
  onEdit: () => void;
  onRemove: () => void;
  /** What the button is told that moves it. */
  moving: (way: Way) => ButtonProps & { ref: RefCallback<ButtonProps.Ref> };
}

const Sentences = ({ title, items, none }: { title: string; items: string[]; none: string }) => (
  <div>
    <Box variant="strong">{title}</Box>
    <ul className="plain-list">{(items.length > 0 ? items : [none]).map((item) => <li key={item}>{item}</li>)}</ul>
  </div>
);

const RuleCard = ({ name, rule, onEdit, onRemove, moving }: RuleCardProps) => (
  <Container
    header={
      <Header
        variant="h2"
        actions={
          <SpaceBetween direction="horizontal" size="xxs">
            <Button variant="icon" iconName="angle-up" ariaLabel={`Move ${name} up`} {...moving("up")} />
            <Button variant="icon" iconName="angle-down" ariaLabel={`Move ${name} down`} {...moving("down")} />
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
