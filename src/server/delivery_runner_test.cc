#include "server/delivery_runner.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <functional>
#include <set>

#include "app/notifications/outgoing_mail.h"
#include "app/public_url.h"
#include "app/test_lake.h"
#include "notifications/keys.h"
#include "notifications/signer.h"
#include "notifications/topic_records.h"

namespace weir::server {
namespace {

using namespace std::chrono_literals;
using notifications::Errand;
using notifications::OutboxEntry;

class SharedClock final : public base::Clock {
 public:
  base::Instant now() const override { return now_; }
  void advance(std::chrono::microseconds by) { now_ = now_.load() + by; }

 private:
  std::atomic<base::Instant> now_{base::from_epoch_seconds(1795341600)};
};

// What arrived, and a gate before which the posts to hosts of some names hang.
class Arrivals {
 public:
  void add(const std::string& what) {
    std::lock_guard lock(mutex_);
    all_.push_back(what);
    changed_.notify_all();
  }
  void hang(const std::string& where) {
    std::unique_lock lock(mutex_);
    most_hanging_ = std::max(most_hanging_, ++hanging_[where]);
    changed_.notify_all();
    changed_.wait(lock, [&] { return open_; });
    --hanging_[where];
  }
  void open() {
    std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }
  // Blocks until it holds; false when it does not for too long.
  bool wait(const std::function<bool(const std::vector<std::string>&)>& holds) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, 20s, [&] { return holds(all_); });
  }
  bool wait_for(const std::string& what) {
    return wait([&](const auto& all) { return std::ranges::find(all, what) != all.end(); });
  }
  bool wait_for(size_t count) {
    return wait([&](const auto& all) { return all.size() >= count; });
  }
  bool wait_until_hanging(int count) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, 20s, [&] { return hanging_now() >= count; });
  }
  int most_hanging() {
    std::lock_guard lock(mutex_);
    return most_hanging_;
  }
  std::vector<std::string> all() {
    std::lock_guard lock(mutex_);
    return all_;
  }

 private:
  int hanging_now() const {
    int sum = 0;
    for (const auto& [where, count] : hanging_) sum += count;
    return sum;
  }
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::string> all_;
  std::map<std::string, int> hanging_;
  int most_hanging_ = 0;
  bool open_ = false;
};

class Webhooks final : public notifications::WebhookSender {
 public:
  explicit Webhooks(Arrivals& arrivals) : arrivals_(arrivals) {}
  base::Result<notifications::WebhookAnswer> post(const notifications::WebhookPost& post) override {
    bool hangs = post.url.find("//hangs") != std::string::npos;
    if (hangs) arrivals_.hang(post.url);
    arrivals_.add(post.url + " " + post.body);
    return notifications::WebhookAnswer{.status = 200};
  }

 private:
  Arrivals& arrivals_;
};

class Mails final : public notifications::MailSender {
 public:
  explicit Mails(Arrivals& arrivals) : arrivals_(arrivals) {}
  base::Status send(const notifications::Mail& mail, const notifications::Envelope&) override {
    arrivals_.add(mail.to + " " + mail.subject);
    return {};
  }

 private:
  Arrivals& arrivals_;
};

class Deliveries : public testing::Test {
 protected:
  Deliveries() {
    base::SystemRandomness randomness;
    signer.emplace(*notifications::Signer::load(*notifications::make_signer(parts.clock.now(), randomness)));
    url.set("https://lake.example.org");
    lake.signer = &*signer;
    lake.public_url = &url;
  }
  // The gate opens before the runner goes, which waits for what hangs.
  ~Deliveries() override {
    arrivals.open();
    runner.reset();
  }
  void start(const DeliveryRunner::Threads& threads = {}) {
    runner.emplace(lake, app::Channels{mails, webhooks, "lake@example.org"}, threads);
  }
  // A topic of the account with one confirmed endpoint that gets messages as they are.
  notifications::Subscription receiver(const std::string& account, const std::string& url) {
    notifications::Topic topic;
    topic.region = "us-east-1";
    topic.account = account;
    topic.name = "t";
    notifications::Subscription out;
    out.region = topic.region;
    out.account = out.owner = account;
    out.topic = topic.name;
    out.id = base::uuid(parts.randomness);
    out.protocol = notifications::Protocol::https;
    out.endpoint = url;
    out.state = notifications::SubscriptionState::confirmed;
    out.raw = true;
    parts.write([&](auto& tx) -> base::Status {
      WEIR_CHECK_OK(notifications::TopicRecords(tx).put(topic));
      return notifications::SubscriptionRecords(tx).put(out, nullptr);
    });
    return out;
  }
  // `count` messages with texts from 1000 on, each due a little later than the one before.
  void send(const notifications::Subscription& to, int count = 1) {
    parts.write([&](auto& tx) -> base::Status {
      notifications::Outbox outbox(tx);
      for (int i = 0; i < count; ++i) {
        notifications::Message message;
        message.id = base::uuid(parts.randomness);
        message.text = std::to_string(1000 + i);
        WEIR_CHECK_OK(outbox.keep(message));
        OutboxEntry entry;
        entry.id = base::uuid(parts.randomness);
        entry.due = entry.created = clock.now() - 1s + std::chrono::microseconds(i);
        entry.subscription = to.arn();
        entry.account = to.owner;
        entry.message = message.id;
        WEIR_CHECK_OK(outbox.add(entry));
      }
      return {};
    });
  }
  void mail(const std::string& account) {
    parts.write([&](auto& tx) {
      return app::enqueue_mail(lake, tx, {.to = "ann@example.org", .subject = account, .text = "t"}, account);
    });
  }
  size_t left() {
    auto tx = parts.store.begin(store::Mode::read).value();
    return tx->scan(store::prefix_range(notifications::keys::outbox()), 100'000)->size();
  }
  // When what is under way has finished.
  bool is_empty_in_the_end() {
    runner.reset();
    return left() == 0;
  }

  app::test::TestLake parts;
  SharedClock clock;
  app::Lake lake{parts.store, parts.objects, parts.journal,    parts.governance, parts.tables,
                 parts.keys,  clock,         parts.randomness, "us-east-1"};
  std::optional<notifications::Signer> signer;
  app::PublicUrl url;
  Arrivals arrivals;
  Webhooks webhooks{arrivals};
  Mails mails{arrivals};
  std::optional<DeliveryRunner> runner;
};

TEST_F(Deliveries, TenThousandOfATenantThatHangsKeepNobodyWaiting) {
  auto hanging = receiver("111111111111", "https://hangs.example.org/");
  send(hanging, 10'000);
  send(receiver("222222222222", "https://quick.example.org/"));
  mail("111111111111");
  start();
  EXPECT_TRUE(arrivals.wait_for("https://quick.example.org/ 1000"));
  EXPECT_TRUE(arrivals.wait_for("ann@example.org 111111111111"));
  EXPECT_LE(arrivals.most_hanging(), DeliveryTurns::kAtOnce);
  send(receiver("333333333333", "https://late.example.org/"));
  EXPECT_TRUE(arrivals.wait_for("https://late.example.org/ 1000"));
  EXPECT_GE(left(), 10'000u);  // durable all the while
}

TEST_F(Deliveries, AnAccountsOtherReceiversDoNotWaitForTheOneThatHangs) {
  send(receiver("111111111111", "https://hangs.example.org/"), 1000);
  send(receiver("111111111111", "https://quick.example.org/"), 100);
  start();
  EXPECT_TRUE(arrivals.wait_for(100));
}

TEST_F(Deliveries, NoNumberOfReceiversThatHangTakesAllThreads) {
  for (int i = 0; i < 50; ++i) send(receiver("111111111111", "https://hangs.example.org/" + std::to_string(i)), 20);
  start({.mail = 1, .endpoint = 8, .server = 1});
  ASSERT_TRUE(arrivals.wait_until_hanging(4));
  send(receiver("222222222222", "https://quick.example.org/"), 100);
  EXPECT_TRUE(arrivals.wait_for(100));
  mail("111111111111");
  EXPECT_TRUE(arrivals.wait_for("ann@example.org 111111111111"));
}

TEST_F(Deliveries, AHundredTenantsAreAllServed) {
  std::vector<notifications::Subscription> tenants;
  for (int i = 0; i < 100; ++i) {
    auto account = std::to_string(100'000'000'000 + i);
    tenants.push_back(receiver(account, "https://" + account + ".example.org/"));
    send(tenants.back(), i == 0 ? 2000 : 20);
  }
  start();
  ASSERT_TRUE(arrivals.wait_for(2000 + 99 * 20));
  EXPECT_TRUE(is_empty_in_the_end());
  // The small ones did not wait for the large one to be through.
  auto all = arrivals.all();
  auto last_small = std::find_if(all.rbegin(), all.rend(),
                                 [&](const auto& what) { return what.find(tenants[0].endpoint) == std::string::npos; });
  EXPECT_GT(last_small - all.rbegin(), 500);
  EXPECT_EQ(std::set<std::string>(all.begin(), all.end()).size(), all.size());  // each once
}

TEST_F(Deliveries, AReceiverHearsInTheOrderOfTimeButForTheFourUnderWay) {
  send(receiver("111111111111", "https://quick.example.org/"), 500);
  start();
  ASSERT_TRUE(arrivals.wait_for(500));
  auto all = arrivals.all();
  for (size_t i = 0; i < all.size(); ++i) {
    int number = std::stoi(all[i].substr(all[i].size() - 4)) - 1000;
    EXPECT_LT(number, static_cast<int>(i) + DeliveryTurns::kAtOnce);  // who was before it is here, or under way
  }
}

TEST_F(Deliveries, WhatWasUnderWayWhenTheServerStoppedIsDoneOnceOrStillThere) {
  send(receiver("111111111111", "https://quick.example.org/"), 300);
  start();
  ASSERT_TRUE(arrivals.wait_for(20));
  runner.reset();
  auto sent = arrivals.all().size();
  EXPECT_EQ(sent + left(), 300u);
  start();
  ASSERT_TRUE(arrivals.wait_for(300));
  EXPECT_TRUE(is_empty_in_the_end());
  auto all = arrivals.all();
  EXPECT_EQ(std::set<std::string>(all.begin(), all.end()).size(), 300u);
}

TEST_F(Deliveries, WhatIsDueLaterWaitsForItsTime) {
  start();
  parts.write([&](auto& tx) -> base::Status {
    WEIR_CHECK_OK(app::enqueue_mail(lake, tx, {.to = "ann@example.org", .subject = "later", .text = "t"}, "1"));
    notifications::Outbox outbox(tx);
    WEIR_TRY(auto entry, outbox.first_due({"1", notifications::Carrier::mail, ""}, clock.now()));
    return outbox.rest(*entry, clock.now() + 1h);
  });
  mail("2");
  ASSERT_TRUE(arrivals.wait_for("ann@example.org 2"));
  EXPECT_EQ(arrivals.all().size(), 1u);
  clock.advance(1h);
  EXPECT_TRUE(arrivals.wait_for("ann@example.org later"));
}

TEST_F(Deliveries, WhatCannotBeAttemptedRestsAndBlocksNobody) {
  parts.write([&](auto& tx) -> base::Status {
    for (int i = 0; i < 50; ++i) {
      OutboxEntry broken;
      broken.id = base::uuid(parts.randomness);
      broken.errand = Errand::mail;
      broken.due = clock.now() - 1h;
      broken.account = "111111111111";
      broken.sealed = "no seal";
      WEIR_CHECK_OK(notifications::Outbox(tx).add(broken));
    }
    return {};
  });
  mail("111111111111");
  start();
  EXPECT_TRUE(arrivals.wait_for("ann@example.org 111111111111"));
  runner.reset();
  EXPECT_EQ(left(), 50u);
}

}  // namespace
}  // namespace weir::server
