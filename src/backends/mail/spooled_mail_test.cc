#include "backends/mail/spooled_mail.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "backends/mail/smtp_sender.h"
#include "backends/mail/spool_sender.h"

namespace weir::backends {
namespace {

using notifications::Envelope;
using notifications::Mail;

Mail mail(std::string text) {
  Mail out;
  out.to = "ann@example.org";
  out.subject =
      "Gr\xc3\xbc\xc3\x9f"
      "e aus dem Garten, die l\xc3\xa4nger sind als eine Zeile und umgebrochen werden";
  out.text = std::move(text);
  return out;
}

const Envelope kEnvelope{"id-1", "no-reply@lake.example.org", base::from_epoch_seconds(1'800'000'000.25)};

TEST(SpooledMail, WhatWasWrittenIsRead) {
  for (auto text : {std::string("plain\ntext\n"), std::string("sch\xc3\xb6n\n"), std::string(3000, 'x')}) {
    auto read = parse_mail(notifications::rfc5322(mail(text), kEnvelope));
    EXPECT_EQ(read.subject, mail("").subject);
    EXPECT_EQ(read.to, "ann@example.org");
    EXPECT_TRUE(read.text == text || read.text == text + "\n");
  }
}

TEST(SpooledMail, OfTwoPartsThePlainOneIsRead) {
  auto both = mail("plain\n");
  both.html = "<p>html</p>";
  EXPECT_EQ(parse_mail(notifications::rfc5322(both, kEnvelope)).text, "plain\n");
}

TEST(SpooledMail, AnythingIsReadWithoutHarm) {
  for (auto* text : {"", "\r\n\r\n", "Subject: =?UTF-8?B?", "Content-Type: x; boundary=\"", "A: b\r\n c"})
    (void)parse_mail(text);
}

TEST(SpoolSender, AnAttemptMadeAgainLeavesOneMail) {
  auto directory = std::filesystem::temp_directory_path() / ("weir-spool-" + base::quick_uuid());
  SpoolSender spool(directory.string());
  EXPECT_TRUE(read_spool(directory.string())->empty());
  for (int i = 0; i < 2; ++i) ASSERT_TRUE(spool.send(mail("one"), kEnvelope).ok());
  auto later = kEnvelope;
  later.id = "id-0";
  later.date += std::chrono::microseconds(1);
  ASSERT_TRUE(spool.send(mail("two"), later).ok());
  auto mails = read_spool(directory.string());
  ASSERT_TRUE(mails.ok());
  ASSERT_EQ(mails->size(), 2u);
  EXPECT_EQ(mails->front().text, "one\n");
  EXPECT_EQ(mails->back().text, "two\n");
  std::filesystem::remove_all(directory);
}

TEST(SpoolSender, ADirectoryThatCannotBeWrittenIsTriedAgainLater) {
  auto status = SpoolSender("/proc/no-such-place").send(mail("x"), kEnvelope);
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().kind, base::Kind::unavailable);
}

TEST(SmtpSender, APasswordIsNotSentInTheClear) {
  SmtpOptions options;
  options.url = "smtp://relay.example:587";
  options.user = "weir";
  options.tls = false;
  EXPECT_FALSE(SmtpSender::make(options).ok());
  options.url = "http://relay.example";
  options.tls = true;
  EXPECT_FALSE(SmtpSender::make(options).ok());
}

TEST(SmtpSender, ARelayThatIsAwayIsTriedAgainLater) {
  SmtpOptions options;
  options.url = "smtp://127.0.0.1:1";
  auto sender = SmtpSender::make(options);
  ASSERT_TRUE(sender.ok());
  auto status = (*sender)->send(mail("x"), kEnvelope);
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().kind, base::Kind::unavailable);
}

}  // namespace
}  // namespace weir::backends
