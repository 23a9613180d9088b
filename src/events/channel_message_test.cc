#include "events/channel_message.h"

#include <gtest/gtest.h>

namespace weir::events {
namespace {

ChannelMessage message() {
  return {"request.submitted",
          "Request <!channel> & *more*",
          {{"Table", "<https://evil.example|click> _x_\n@here"}, {"By", "[ann](https://evil.example)"}},
          {{"Approve", "https://lake.example.org/approve"}},
          *base::parse_json(R"({"database":"sales"})")};
}

TEST(ChannelMessage, SlackReadsNothingOfNamesAsMarkup) {
  auto text = slack_body(message());
  auto json = *base::parse_json(text);
  EXPECT_EQ(json.text("text"), "Request &lt;!channel&gt; &amp; *more*");
  EXPECT_EQ(text.find("mrkdwn\":true"), std::string::npos);
  EXPECT_EQ(text.find("\"type\":\"mrkdwn\""), std::string::npos);
  EXPECT_EQ(text.find("<"), std::string::npos);
  const auto& blocks = *json.find("blocks")->as_array();
  ASSERT_EQ(blocks.size(), 3u);
  EXPECT_EQ(blocks[1].find("fields")->as_array()->at(0).text("type"), "plain_text");
  EXPECT_EQ(blocks[1].find("fields")->as_array()->at(0).text("text"),
            "Table: &lt;https://evil.example|click&gt; _x_ @here");
  EXPECT_EQ(blocks[2].find("elements")->as_array()->at(0).text("url"), "https://lake.example.org/approve");
}

TEST(ChannelMessage, SlackGetsNoLongerTextsThanItTakes) {
  auto long_one = message();
  long_one.title = std::string(149, 'x') + "äöü";
  long_one.facts.assign(23, {"l", std::string(4000, 'y')});
  auto json = base::parse_json(slack_body(long_one));
  ASSERT_TRUE(json.ok());
  EXPECT_LE(json->text("text").size(), 150u);
  EXPECT_EQ(json->find("blocks")->as_array()->size(), 5u);  // title, 10 + 10 + 3 facts, buttons
}

TEST(ChannelMessage, TeamsGetsRunsOfTextAndLinks) {
  auto json = *base::parse_json(teams_body(message()));
  const auto& card = *json.find("attachments")->as_array()->at(0).find("content");
  EXPECT_EQ(card.text("type"), "AdaptiveCard");
  for (const auto& block : *card.find("body")->as_array()) EXPECT_EQ(block.text("type"), "RichTextBlock");
  const auto& runs = *card.find("body")->as_array()->at(2).find("inlines")->as_array();
  EXPECT_EQ(runs[1].text("type"), "TextRun");
  EXPECT_EQ(runs[1].text("text"), "[ann](https://evil.example)");
  EXPECT_EQ(card.find("actions")->as_array()->at(0).text("type"), "Action.OpenUrl");
}

TEST(ChannelMessage, ASignedWebhookGetsACloudEvent) {
  auto json = *base::parse_json(cloud_event_body(message(), {"id-1", "111122223333", base::Instant{}}));
  EXPECT_EQ(json.text("specversion"), "1.0");
  EXPECT_EQ(json.text("id"), "id-1");
  EXPECT_EQ(json.text("type"), "request.submitted");
  EXPECT_EQ(json.text("source"), "urn:weir:access:111122223333");
  EXPECT_EQ(json.find("data")->find("detail")->text("database"), "sales");
}

TEST(ChannelMessage, TicketSystemsNameTheirTicketsInManyWays) {
  EXPECT_EQ(read_ticket(R"({"id":17,"url":"https://t.example.org/17"})").id, "17");
  EXPECT_EQ(read_ticket(R"({"key":"OPS-1","self":"https://j.example.org/OPS-1"})").url, "https://j.example.org/OPS-1");
  EXPECT_EQ(read_ticket(R"({"number":"INC1"})").id, "INC1");
  for (auto* answer : {"", "ok", "[1]", "{}", R"({"id":{"x":1}})"}) EXPECT_EQ(read_ticket(answer).id, "") << answer;
}

}  // namespace
}  // namespace weir::events
