#include "identity/ids.h"

#include <gtest/gtest.h>

#include <set>

namespace weir::identity {
namespace {

names::AccountId account(const char* text) { return names::AccountId::parse(text).value(); }

TEST(Ids, UniqueIdsHaveTheirPrefixAndLength) {
  base::SeededRandomness randomness(1);
  for (auto kind : {IdKind::user, IdKind::role, IdKind::group, IdKind::managed_policy}) {
    auto id = new_unique_id(kind, randomness);
    EXPECT_EQ(id.size(), 21u);
    EXPECT_TRUE(is_unique_id(kind, id)) << id;
  }
  EXPECT_FALSE(is_unique_id(IdKind::user, "AIDA0BCDEFGHIJKLMNOPQ"));
  EXPECT_FALSE(is_unique_id(IdKind::user, "AROABBCDEFGHIJKLMNOPQ"));
  EXPECT_FALSE(is_unique_id(IdKind::user, "AIDA"));
}

TEST(Ids, AccessKeyIdTellsItsAccount) {
  base::SeededRandomness randomness(2);
  for (auto* text : {"000000000000", "000000000001", "111122223333", "999999999999", "123456789012"}) {
    auto id = new_long_term_key_id(account(text), randomness);
    EXPECT_EQ(id.size(), 20u);
    EXPECT_TRUE(id.starts_with("AKIA"));
    EXPECT_EQ(account_of_access_key(id).value().text(), text);
    EXPECT_EQ(account_of_access_key(new_session_key_id(account(text), randomness)).value().text(), text);
  }
}

TEST(Ids, AccessKeyIdsOfOneAccountDiffer) {
  base::SeededRandomness randomness(3);
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) seen.insert(new_long_term_key_id(account("111122223333"), randomness));
  EXPECT_EQ(seen.size(), 1000u);
}

TEST(Ids, TextThatIsNoKeyIdHasNoAccount) {
  for (auto* text : {"", "AKIA", "AKIAAAAAAAAAAAAAAAAA", "AKIA0000000000000000", "XXXXQAAAAAAAAAAAAAAA",
                     "AKIA77777777777777777", "AKIA7777777777777777"})
    EXPECT_FALSE(account_of_access_key(text).ok()) << text;
}

TEST(Ids, SecretHasFortyCharacters) {
  base::SeededRandomness randomness(4);
  EXPECT_EQ(new_secret(randomness).reveal().size(), 40u);
}

}  // namespace
}  // namespace weir::identity
