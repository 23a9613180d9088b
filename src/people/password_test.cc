#include "people/password.h"

#include <gtest/gtest.h>

namespace weir::people {
namespace {

TEST(Password, EachRuleIsAskedFor) {
  PasswordPolicy policy;
  EXPECT_TRUE(check_password(policy, base::Secret("Corr3ct!")).ok());
  for (const char* text : {"Corr3c!", "corr3ct!", "CORR3CT!", "Correct!", "Corr3ctt", ""})
    EXPECT_FALSE(check_password(policy, base::Secret(text)).ok()) << text;
  EXPECT_FALSE(check_password(policy, base::Secret("Corr3ct!" + std::string(260, 'a'))).ok());
}

TEST(Password, WhatIsMadeUpFitsEveryPolicyAndIsNeverTheSame) {
  base::SeededRandomness randomness(7);
  PasswordPolicy policy{.minimum_length = 30};
  auto first = temporary_password(policy, randomness), second = temporary_password(policy, randomness);
  EXPECT_TRUE(check_password(policy, first).ok());
  EXPECT_NE(first.reveal(), second.reveal());
}

TEST(Password, AHashHoldsForItsPasswordAlone) {
  base::SeededRandomness randomness(7);
  auto hash = hash_password(base::Secret("Corr3ct!"), randomness).value();
  EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
  EXPECT_EQ(hash.find("Corr3ct"), std::string::npos);
  EXPECT_TRUE(password_matches(hash, base::Secret("Corr3ct!")));
  EXPECT_FALSE(password_matches(hash, base::Secret("Corr3ct?")));
  EXPECT_FALSE(password_matches("", base::Secret("Corr3ct!")));
  EXPECT_FALSE(password_matches("$argon2id$broken", base::Secret("")));
}

}  // namespace
}  // namespace weir::people
