#include "events/channel_message.h"

#include <algorithm>
#include <span>

#include "base/text.h"
#include "base/utf8.h"

namespace weir::events {
namespace {

constexpr size_t kTitleMax = 150, kFactMax = 1900, kButtonMax = 75, kFactsOfSection = 10, kButtonsMax = 25;
constexpr size_t kTicketTextMax = 2048;

// One line of at most `most` bytes, cut between characters.
std::string one_line(std::string_view text, size_t most) {
  std::string out(text);
  std::ranges::replace_if(
      out, [](unsigned char c) { return c < 0x20 || c == 0x7f; }, ' ');
  if (out.size() <= most) return out;
  return std::string(base::utf8_prefix(out, most - 3)) + "...";
}

std::string slack_text(std::string_view text, size_t most) {
  std::string out;
  for (char c : one_line(text, most)) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      default: out += c;
    }
  }
  return out;
}

base::Json slack_plain(std::string_view text, size_t most) {
  return base::Json::object().set("type", "plain_text").set("text", slack_text(text, most)).set("emoji", false);
}

base::Json slack_section(std::span<const Fact> facts) {
  auto fields = base::Json::array();
  for (const auto& fact : facts) fields.push(slack_plain(fact.label + ": " + fact.value, kFactMax));
  return base::Json::object().set("type", "section").set("fields", std::move(fields));
}

base::Json slack_buttons(const std::vector<Button>& buttons) {
  auto elements = base::Json::array();
  for (size_t i = 0; i < std::min(buttons.size(), kButtonsMax); ++i)
    elements.push(base::Json::object()
                      .set("type", "button")
                      .set("text", slack_plain(buttons[i].label, kButtonMax))
                      .set("action_id", "link-" + std::to_string(i))
                      .set("url", buttons[i].url));
  return base::Json::object().set("type", "actions").set("elements", std::move(elements));
}

base::Json text_run(std::string_view text, size_t most, bool bold) {
  auto run = base::Json::object().set("type", "TextRun").set("text", one_line(text, most));
  if (bold) run.set("weight", "Bolder");
  return run;
}

base::Json text_block(base::Json::Array runs) {
  return base::Json::object().set("type", "RichTextBlock").set("inlines", std::move(runs));
}

base::Json::Array teams_blocks(const ChannelMessage& message) {
  base::Json::Array blocks;
  blocks.push_back(text_block({text_run(message.title, kTitleMax, true)}));
  for (const auto& fact : message.facts)
    blocks.push_back(text_block({text_run(fact.label + ": ", kFactMax, true), text_run(fact.value, kFactMax, false)}));
  return blocks;
}

base::Json teams_actions(const std::vector<Button>& buttons) {
  auto actions = base::Json::array();
  for (const auto& button : buttons)
    actions.push(base::Json::object()
                     .set("type", "Action.OpenUrl")
                     .set("title", one_line(button.label, kButtonMax))
                     .set("url", button.url));
  return actions;
}

std::string text_or_number(const base::Json& json, std::initializer_list<std::string_view> names) {
  for (auto name : names) {
    auto* value = json.find(name);
    if (value && value->as_string()) return one_line(*value->as_string(), kTicketTextMax);
    if (value && value->as_int()) return std::to_string(*value->as_int());
  }
  return {};
}

}  // namespace

std::string slack_body(const ChannelMessage& message) {
  auto blocks = base::Json::array();
  blocks.push(base::Json::object().set("type", "header").set("text", slack_plain(message.title, kTitleMax)));
  std::span<const Fact> facts = message.facts;
  for (; !facts.empty(); facts = facts.subspan(std::min(facts.size(), kFactsOfSection)))
    blocks.push(slack_section(facts.first(std::min(facts.size(), kFactsOfSection))));
  if (!message.buttons.empty()) blocks.push(slack_buttons(message.buttons));
  return base::Json::object()
      .set("text", slack_text(message.title, kTitleMax))
      .set("mrkdwn", false)
      .set("blocks", std::move(blocks))
      .dump();
}

std::string teams_body(const ChannelMessage& message) {
  auto card = base::Json::object()
                  .set("$schema", "http://adaptivecards.io/schemas/adaptive-card.json")
                  .set("type", "AdaptiveCard")
                  .set("version", "1.4")
                  .set("body", teams_blocks(message))
                  .set("actions", teams_actions(message.buttons));
  auto attachment = base::Json::object()
                        .set("contentType", "application/vnd.microsoft.card.adaptive")
                        .set("content", std::move(card));
  return base::Json::object().set("type", "message").set("attachments", base::Json::array().push(attachment)).dump();
}

std::string cloud_event_body(const ChannelMessage& message, const Posting& posting) {
  auto data = base::Json::object()
                  .set("title", message.title)
                  .set("facts", base::to_json(message.facts))
                  .set("buttons", base::to_json(message.buttons))
                  .set("detail", message.detail);
  return base::Json::object()
      .set("specversion", "1.0")
      .set("id", posting.id)
      .set("source", "urn:weir:access:" + posting.account)
      .set("type", message.event_type)
      .set("time", base::to_iso8601_millis(posting.time))
      .set("datacontenttype", "application/json")
      .set("data", std::move(data))
      .dump();
}

std::string ticket_body(const ChannelMessage& message, const Posting& posting) {
  std::string description;
  for (const auto& fact : message.facts)
    description += one_line(fact.label, kFactMax) + ": " + one_line(fact.value, kFactMax) + "\n";
  return base::Json::object()
      .set("id", posting.id)
      .set("event", message.event_type)
      .set("title", one_line(message.title, kTitleMax))
      .set("description", std::move(description))
      .set("facts", base::to_json(message.facts))
      .set("links", base::to_json(message.buttons))
      .set("detail", message.detail)
      .dump();
}

Ticket read_ticket(std::string_view answer) {
  auto json = base::parse_json(answer);
  if (!json || !json->as_object()) return {};
  return {text_or_number(*json, {"id", "key", "number"}), text_or_number(*json, {"url", "html_url", "link", "self"})};
}

}  // namespace weir::events
