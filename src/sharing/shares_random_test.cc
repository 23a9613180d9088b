// Random lives of shares: after every step the folded value, one loaded from the store, and a model that walks
// everything answer the same.
#include <gtest/gtest.h>

#include <random>

#include "sharing/test_world.h"

namespace weir::sharing {
namespace {

const std::vector<std::string> kAccounts = {"111111111111", "222222222222", "333333333333", "444444444444"};

std::string role_of(const std::string& account) { return "arn:aws:iam::" + account + ":role/reader"; }

// What a share is, without indexes or footings kept apart: the slow truth.
struct Model {
  struct Tie {
    Receiver receiver;
    bool by_membership = false;
    std::string invitation;  // its ARN
    char answer = ' ';
    base::Instant expires{};
  };
  struct Kept {
    Share share;
    std::map<std::string, Tie> ties;
  };
  std::map<std::string, Kept> shares;  // by ARN

  static bool reaches(const Kept& kept, const Tie& tie, const std::string& account, bool with_role,
                      const test::World& world) {
    const auto owner = kept.share.owner.text();
    if (owner == account) return false;
    bool trusted = world.sharing && world.members.contains(owner) && world.members.contains(account);
    if (tie.receiver.is_collective()) return trusted && world.contains(tie.receiver.text, account);
    if (tie.receiver.account != account) return false;
    if (tie.receiver.kind == ReceiverKind::iam_principal && !with_role) return false;
    return tie.by_membership ? trusted : tie.answer == 'a';
  }
  ReceivedShares received(const std::string& owner, const std::string& account, bool with_role,
                          const test::World& world) const {
    ReceivedShares out;
    for (const auto& [arn, kept] : shares)
      for (const auto& [text, tie] : kept.ties) {
        if (kept.share.owner.text() != owner || !reaches(kept, tie, account, with_role, world)) continue;
        auto& list = tie.receiver.kind == ReceiverKind::iam_principal ? out.by_principals : out.by_account;
        if (list.empty() || list.back() != arn) list.push_back(arn);
      }
    return out;
  }
};

class Life {
 public:
  explicit Life(uint64_t seed) : random_(seed), randomness_(seed) { test::follow(store_, followed_); }

  void step() {
    now_ += std::chrono::minutes(pick(120));
    switch (pick(9)) {
      case 0: return create();
      case 1: return erase();
      case 2:
      case 3: return join();
      case 4: return leave();
      case 5:
      case 6: return answer();
      case 7: return move_account();
      case 8: world_.sharing = pick(3) != 0; return;
    }
  }

  void check() {
    auto loaded = test::load(store_);
    for (const auto& account : kAccounts) {
      for (bool with_role : {false, true}) {
        std::vector<std::string> principals;
        if (with_role) principals.push_back(role_of(account));
        std::vector<std::string> owners;
        for (const auto& owner : kAccounts) {
          auto wanted = model_.received(owner, account, with_role, world_);
          EXPECT_EQ(followed_.received(owner, account, principals, world_), wanted);
          EXPECT_EQ(loaded.received(owner, account, principals, world_), wanted);
          if (wanted != ReceivedShares()) owners.push_back(owner);
        }
        EXPECT_EQ(followed_.owners_sharing_with(account, principals, world_), owners);
      }
      EXPECT_EQ(followed_.owned_by(account).size(), loaded.owned_by(account).size());
      EXPECT_EQ(followed_.invitations_to(account).size(), invitations_in_model(account));
      EXPECT_EQ(loaded.invitations_to(account).size(), invitations_in_model(account));
    }
  }

 private:
  size_t pick(size_t below) { return std::uniform_int_distribution<size_t>(0, below - 1)(random_); }
  Model::Kept* any_share() {
    if (model_.shares.empty()) return nullptr;
    return &std::next(model_.shares.begin(), static_cast<long>(pick(model_.shares.size())))->second;
  }
  Receiver any_receiver() {
    auto account = kAccounts[pick(kAccounts.size())];
    switch (pick(4)) {
      case 0: return test::receiver(role_of(account));
      case 1: return test::receiver(pick(2) ? test::kUnit : test::kOrganization);
      default: return test::receiver(account);
    }
  }
  size_t invitations_in_model(const std::string& account) const {
    size_t count = 0;
    for (const auto& [arn, kept] : model_.shares)
      for (const auto& [text, tie] : kept.ties) count += tie.receiver.account == account && !tie.by_membership;
    return count;
  }
  void write(const std::function<base::Status(ShareRecords&)>& body) {
    auto status = store::write(store_, [&](store::Transaction& tx) -> base::Status {
      ShareRecords records(tx);
      return body(records);
    });
    ASSERT_TRUE(status.ok()) << status.error().says << status.error().log;
  }

  void create() {
    if (model_.shares.size() > 6) return;
    Share wanted;
    wanted.owner = test::account(kAccounts[pick(kAccounts.size())]);
    wanted.region = "us-east-1";
    wanted.name = "share";
    write([&](ShareRecords& records) -> base::Status {
      WEIR_TRY(auto made, records.create(wanted, now_, randomness_));
      model_.shares[made.arn()] = {made, {}};
      return {};
    });
  }
  void erase() {
    auto* kept = any_share();
    if (!kept) return;
    write([&](ShareRecords& records) { return records.erase(kept->share); });
    model_.shares.erase(kept->share.arn());
  }
  void join() {
    auto* kept = any_share();
    if (!kept) return;
    auto receiver = any_receiver();
    Model::Tie tie{receiver, receiver.is_collective() || pick(2) == 0, "", ' ', now_ + std::chrono::hours(12)};
    write([&](ShareRecords& records) -> base::Status {
      if (tie.by_membership) {
        WEIR_CHECK_OK(records.put_member(kept->share, receiver, now_));
        return {};
      }
      WEIR_TRY(auto made, records.put_invited(kept->share, receiver, now_, std::chrono::hours(12), randomness_));
      WEIR_TRY(auto invitation, records.find_invitation(made, kept->share));
      tie.invitation = invitation->arn();
      return {};
    });
    kept->ties.insert_or_assign(receiver.text, tie);
  }
  void leave() {
    auto* kept = any_share();
    if (!kept || kept->ties.empty()) return;
    auto tie = kept->ties.begin();
    write([&](ShareRecords& records) -> base::Status {
      WEIR_TRY(auto there, records.find_principal(kept->share, tie->first));
      return records.erase_principal(kept->share, *there);
    });
    kept->ties.erase(tie);
  }
  void answer() {
    auto* kept = any_share();
    if (!kept) return;
    for (auto& [text, tie] : kept->ties) {
      if (tie.by_membership) continue;
      bool accepts = pick(2) == 0;
      bool open = tie.answer == ' ' && now_ < tie.expires;
      write([&](ShareRecords& records) -> base::Status {
        WEIR_TRY(auto invitation, records.get_invitation(tie.invitation));
        auto answered = accepts ? records.accept(invitation, now_) : records.reject(invitation, now_);
        EXPECT_EQ(answered.ok(), open);
        return {};
      });
      if (open) tie.answer = accepts ? 'a' : 'r';
    }
  }
  void move_account() {
    auto account = kAccounts[pick(kAccounts.size())];
    auto& set = pick(2) ? world_.members : world_.unit;
    if (!set.erase(account)) set.insert(account);
  }

  std::mt19937_64 random_;
  base::SeededRandomness randomness_;
  base::Instant now_ = base::from_epoch_seconds(1795341600);
  store::MemoryStore store_;
  Shares followed_;
  test::World world_;
  Model model_;
};

TEST(SharesRandom, FollowingLoadingAndTheSlowModelAgree) {
  for (uint64_t seed = 1; seed <= 20; ++seed) {
    Life life(seed);
    for (int i = 0; i < 150; ++i) {
      life.step();
      life.check();
      if (testing::Test::HasFailure()) FAIL() << "seed " << seed << ", step " << i;
    }
  }
}

}  // namespace
}  // namespace weir::sharing
