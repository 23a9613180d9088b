#include "people/identity_pool.h"

#include <gtest/gtest.h>

namespace weir::people {
namespace {

IdentityPool pool_with(std::optional<RoleMapping> mapping) {
  IdentityPool pool;
  pool.sources.push_back({"localhost:8080/us-east-1_ab", "client", false});
  pool.authenticated_role = "default";
  if (mapping) pool.mappings["localhost:8080/us-east-1_ab:client"] = *mapping;
  return pool;
}

std::string role(const IdentityPool& pool, const char* claims, const std::optional<std::string>& wanted = {}) {
  return choose_role(pool, pool.sources.front(), base::parse_json(claims).value(), wanted).value_or("none");
}

TEST(IdentityPool, WithoutMappingThereIsOneRole) {
  EXPECT_EQ(role(pool_with({}), R"({"cognito:roles":["a"]})"), "default");
  EXPECT_EQ(role(pool_with({}), R"({"cognito:roles":["a"]})", "a"), "none");
}

TEST(IdentityPool, GroupsChooseTheirRole) {
  auto pool = pool_with(RoleMapping{});
  EXPECT_EQ(role(pool, R"({"cognito:preferred_role":"p","cognito:roles":["p","q"]})"), "p");
  EXPECT_EQ(role(pool, R"({"cognito:roles":["q"]})"), "q");
  EXPECT_EQ(role(pool, R"({"cognito:roles":["p","q"]})"), "none");
  EXPECT_EQ(role(pool, R"({})"), "none");
  EXPECT_EQ(role(pool, R"({"cognito:roles":["p","q"]})", "q"), "q");
  EXPECT_EQ(role(pool, R"({"cognito:roles":["p","q"]})", "default"), "none");
  EXPECT_EQ(role(pool_with(RoleMapping{.by_rules = false, .otherwise_default = true, .rules = {}}), R"({})"),
            "default");
}

TEST(IdentityPool, TheFirstRuleThatFitsChooses) {
  RoleMapping mapping{.by_rules = true, .otherwise_default = false, .rules = {}};
  mapping.rules.push_back({"email", Match::not_equal, "x@example.org", "others"});
  mapping.rules.push_back({"cognito:groups", Match::equals, "stewards", "stewards"});
  mapping.rules.push_back({"custom:team", Match::starts_with, "fin", "finance"});
  auto pool = pool_with(mapping);
  EXPECT_EQ(role(pool, R"({"email":"a@example.org"})"), "others");
  EXPECT_EQ(role(pool, R"({"cognito:groups":["a","stewards"]})"), "stewards");
  EXPECT_EQ(role(pool, R"({"custom:team":"finance"})"), "finance");
  EXPECT_EQ(role(pool, R"({})"), "none") << "a claim that is not there fits nothing";
  EXPECT_EQ(role(pool, R"({"cognito:groups":["stewards"]})", "stewards"), "none") << "rules leave no choice";
}

TEST(IdentityPool, AMappingIsOfOneClientOfOnePool) {
  auto pool = pool_with(RoleMapping{});
  EXPECT_EQ(pool.mapping_of({"cognito-idp.us-east-1.amazonaws.com/us-east-1_ab", "other", false}), nullptr);
  EXPECT_NE(pool.mapping_of({"cognito-idp.us-east-1.amazonaws.com/us-east-1_ab", "client", false}), nullptr);
}

}  // namespace
}  // namespace weir::people
