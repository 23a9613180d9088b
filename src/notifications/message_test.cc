#include "notifications/message.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace weir::notifications {
namespace {

Message message(std::string text) {
  Message out;
  out.text = std::move(text);
  return out;
}

std::string why_refused(const Message& message) {
  auto checked = check_message(message);
  return checked.ok() ? "" : checked.error().says;
}

TEST(Message, ASubjectHasNoLineBreaksAndFewerThanAHundredCharacters) {
  EXPECT_TRUE(is_subject(std::string(99, 'x')));
  EXPECT_FALSE(is_subject(std::string(100, 'x')));
  EXPECT_TRUE(
      is_subject("Gr\xc3\xbc\xc3\x9f"
                 "e"));
  for (std::string_view bad : {"", "a\nBcc: b@c.de", "a\rb", "a\tb", "\x7f", "a\xc2\x85z", "a\xe2\x80\xa8z", "\xff"})
    EXPECT_FALSE(is_subject(bad)) << base::hex(bad);
}

TEST(Message, AnyTextCanBeMadeASubject) {
  EXPECT_EQ(shortened_subject("a\r\nBcc: b@c.de"), "a  Bcc: b@c.de");
  auto shortened = shortened_subject(std::string(300, 'x'));
  EXPECT_TRUE(is_subject(shortened));
  EXPECT_TRUE(shortened.ends_with("\xe2\x80\xa6"));
  EXPECT_EQ(shortened_subject(std::string(99, 'x')), std::string(99, 'x'));
  std::string umlauts;
  for (int i = 0; i < 150; ++i) umlauts += "\xc3\xa4";
  EXPECT_TRUE(is_subject(shortened_subject(umlauts)));
  EXPECT_TRUE(is_subject(shortened_subject("cut \xe2\x80")));
}

TEST(Message, AMessageIsNeitherEmptyNorTooLong) {
  EXPECT_EQ(why_refused(message("")), "Invalid parameter: Empty message");
  EXPECT_EQ(why_refused(message(std::string(kMessageBytesMax, 'x'))), "");
  EXPECT_EQ(why_refused(message(std::string(kMessageBytesMax + 1, 'x'))), "Invalid parameter: Message too long");
  auto wide = message(std::string(kMessageBytesMax - 4, 'x'));
  wide.attributes["k"] = {"String", "v"};
  EXPECT_EQ(why_refused(wide), "Invalid parameter: Message too long");
}

TEST(Message, ATextForEachProtocolNeedsADefault) {
  auto by_protocol = message(R"({"default":"d","email":"e","http":7})");
  by_protocol.by_protocol = true;
  EXPECT_EQ(why_refused(by_protocol), "");
  EXPECT_EQ(text_for(by_protocol, Protocol::email), "e");
  EXPECT_EQ(text_for(by_protocol, Protocol::email_json), "d");
  EXPECT_EQ(text_for(by_protocol, Protocol::http), "d");  // no text
  by_protocol.text = R"({"email":"e"})";
  EXPECT_NE(why_refused(by_protocol).find("No default entry"), std::string::npos);
  by_protocol.text = "[]";
  EXPECT_NE(why_refused(by_protocol).find("failed to parse"), std::string::npos);
}

TEST(Message, AttributesHaveTypesNamesAndValues) {
  auto with = [](std::string name, MessageAttribute attribute) {
    auto out = message("m");
    out.attributes.emplace(std::move(name), std::move(attribute));
    return why_refused(out);
  };
  EXPECT_EQ(with("ok-Name_1.x", {"String.label", "v"}), "");
  EXPECT_EQ(with("n", {"Number", "-1.5e3"}), "");
  EXPECT_EQ(with("l", {"String.Array", "[1,\"a\"]"}), "");
  EXPECT_NE(with("n", {"Number", "many"}).find("Could not cast"), std::string::npos);
  EXPECT_NE(with("l", {"String.Array", "{}"}).find("JSON array"), std::string::npos);
  EXPECT_NE(with("t", {"Text", "v"}).find("invalid message attribute type"), std::string::npos);
  EXPECT_NE(with("e", {"String", ""}).find("non-empty"), std::string::npos);
  for (auto* name : {"", ".a", "a.", "a..b", "AWS.x", "amazon.x", "a b", "a\r\nb"})
    EXPECT_NE(with(name, {"String", "v"}), "") << name;
}

}  // namespace
}  // namespace weir::notifications
