#include "notifications/mail.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "notifications/mail_address.h"

namespace weir::notifications {
namespace {

Envelope envelope() { return {"0123-id", "no-reply@lake.example.org", *base::parse_iso8601("2026-11-22T01:02:03Z")}; }

Mail mail(std::string subject, std::string text = "text\n") {
  Mail out;
  out.to = "ann@example.org";
  out.subject = std::move(subject);
  out.text = std::move(text);
  return out;
}

// The header lines of a mail.
std::vector<std::string> headers(const std::string& text) {
  std::vector<std::string> out;
  for (auto line : base::split(std::string_view(text).substr(0, text.find("\r\n\r\n")), '\n'))
    out.emplace_back(line.ends_with('\r') ? line.substr(0, line.size() - 1) : line);
  return out;
}

TEST(MailAddress, IsOneAddressAndNothingElse) {
  for (auto* good : {"a@b", "ann.o'neil+lake@mail.example.org", "x_y@1.example"})
    EXPECT_TRUE(is_mail_address(good)) << good;
  for (std::string_view bad : {"",         "ann",         "@b.de",     "a@",         "a@b..de",
                               ".a@b.de",  "a.@b.de",     "a..b@c.de", "a b@c.de",   "a@b.de\r\nBcc: x@y.de",
                               "a@b.de\n", "a,b@c.de",    "<a@b.de>",  "\"a\"@b.de", "a@[127.0.0.1]",
                               "a@-b.de",  "a@b_c.de",    "a@b.de ",   "a\0@b.de",   "\xc3\xa4@b.de",
                               "a;b@c.de", "Ann <a@b.de>"})
    EXPECT_FALSE(is_mail_address(bad)) << bad;
  EXPECT_FALSE(is_mail_address(std::string(65, 'a') + "@b.de"));
  EXPECT_FALSE(is_mail_address("a@" + std::string(300, 'b')));
}

TEST(Mail, HasTheHeadersOfAMailAndOneReceiver) {
  auto text = rfc5322(mail("Harvest"), envelope());
  EXPECT_EQ(headers(text),
            (std::vector<std::string>{
                "Date: Sun, 22 Nov 2026 01:02:03 +0000", "From: no-reply@lake.example.org", "To: ann@example.org",
                "Subject: Harvest", "Message-ID: <0123-id@lake.example.org>", "Auto-Submitted: auto-generated",
                "MIME-Version: 1.0", "Content-Type: text/plain; charset=UTF-8", "Content-Transfer-Encoding: 7bit"}));
  EXPECT_TRUE(text.ends_with("\r\n\r\ntext\r\n"));
}

TEST(Mail, NothingOfACallersBecomesAHeader) {
  auto attack = mail("a\r\nBcc: victim@example.org\r\n\r\nbody");
  attack.from_name = "x\r\nBcc: victim@example.org\r\n\"<evil@example.org>";
  for (const auto& line : headers(rfc5322(attack, envelope()))) {
    EXPECT_FALSE(line.starts_with("Bcc")) << line;
    EXPECT_EQ(line.find('\r'), std::string::npos);
  }
  auto from = headers(rfc5322(attack, envelope()))[1];
  EXPECT_TRUE(from.ends_with("\" <no-reply@lake.example.org>")) << from;
  EXPECT_NE(from.find("\\\"<evil"), std::string::npos) << from;
}

TEST(Mail, OtherScriptsTravelAsEncodedWords) {
  EXPECT_EQ(header_text("Gr\xc3\xbc\xc3\x9f"
                        "e"),
            "=?UTF-8?B?R3LDvMOfZQ==?=");
  EXPECT_EQ(header_text("=?UTF-8?B?QUJD?="), "=?UTF-8?B?PT9VVEYtOD9CP1FVSkQ/PQ==?=");  // not what it pretends to be
  std::string long_text;
  for (int i = 0; i < 60; ++i) long_text += "\xe2\x82\xac";
  auto header = header_text(long_text);
  for (auto line : base::split(header, '\n')) EXPECT_LE(line.size(), 78u);
}

TEST(Mail, LinesAreShortAndBreakInOneWay) {
  auto plain = rfc5322(mail("s", "one\ntwo\rthree\r\nfour"), envelope());
  EXPECT_TRUE(plain.ends_with("\r\n\r\none\r\ntwo\r\nthree\r\nfour\r\n"));
  auto long_line = rfc5322(mail("s", std::string(5000, 'x')), envelope());
  EXPECT_NE(long_line.find("Content-Transfer-Encoding: base64"), std::string::npos);
  for (auto line : base::split(long_line, '\n')) EXPECT_LE(line.size(), 998u);
}

TEST(Mail, HtmlIsTheSecondOfTwoParts) {
  auto both = mail("s");
  both.html = "<p>text</p>";
  auto text = rfc5322(both, envelope());
  EXPECT_NE(text.find("multipart/alternative; boundary=\"=_0123-id\""), std::string::npos);
  EXPECT_LT(text.find("text/plain"), text.find("text/html"));
  EXPECT_TRUE(text.ends_with("--=_0123-id--\r\n"));
}

TEST(Mail, WhatIsNoMailIsRefused) {
  auto bad = mail("s");
  bad.to = "a@b.de\nBcc: c@d.de";
  EXPECT_FALSE(check_mail(bad).ok());
  bad = mail("s");
  bad.unsubscribe_url = "https://x/>\r\nBcc: c@d.de";
  EXPECT_FALSE(check_mail(bad).ok());
  EXPECT_FALSE(check_mail(mail("s", "\xff")).ok());
  EXPECT_TRUE(check_mail(mail(std::string(500, 'x'))).ok());  // shortened, not refused
}

}  // namespace
}  // namespace weir::notifications
