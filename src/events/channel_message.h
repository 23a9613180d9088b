// A message to a channel, and how each kind of channel reads it.
//
// INVARIANT: whatever names and texts hold, nothing of them is markup: Slack gets plain text with its three special
// characters escaped, Teams gets runs of text, which it does not read as Markdown.
//
// Threads: values and pure functions.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/record.h"

namespace weir::events {

struct Fact {
  std::string label, value;
};
WEIR_RECORD(Fact, FIELD("Label", &Fact::label), FIELD("Value", &Fact::value))

struct Button {
  std::string label, url;
};
WEIR_RECORD(Button, FIELD("Label", &Button::label), FIELD("Url", &Button::url))

struct ChannelMessage {
  std::string event_type;
  std::string title;
  std::vector<Fact> facts;
  std::vector<Button> buttons;
  base::Json detail;
};
WEIR_RECORD(ChannelMessage, FIELD("EventType", &ChannelMessage::event_type), FIELD("Title", &ChannelMessage::title),
            FIELD("Facts", &ChannelMessage::facts), FIELD("Buttons", &ChannelMessage::buttons),
            FIELD("Detail", &ChannelMessage::detail))

struct Posting {
  std::string id;  // the same at every attempt
  std::string account;
  base::Instant time{};
};

// Bodies to post, as JSON text.
std::string slack_body(const ChannelMessage& message);
std::string teams_body(const ChannelMessage& message);
std::string cloud_event_body(const ChannelMessage& message, const Posting& posting);
std::string ticket_body(const ChannelMessage& message, const Posting& posting);

// What a ticket system answered: which ticket it made.
struct Ticket {
  std::string id, url;
};
// Looks for the names that ticket systems use (id, key, number; url, html_url, link, self). Empty where it is none.
Ticket read_ticket(std::string_view answer);

}  // namespace weir::events
